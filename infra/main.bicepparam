using 'main.bicep'

// For `azd up`: a development environment. Values come from `azd env set`.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param audience = readEnvironmentVariable('AZURE_AUDIENCE')
param docsClientId = readEnvironmentVariable('DOCS_CLIENT_ID', '')
param allowedOrigins = readEnvironmentVariable('ALLOWED_ORIGINS', '')
param dropFunctionName = readEnvironmentVariable('DROP_FUNCTION_NAME', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param stage = 'development'
param scale = { memoryMb: 2048, maxInstances: 40, alwaysReady: 0 }
param monthlyBudget = 100
param budgetStart = readEnvironmentVariable('BUDGET_START', '')
