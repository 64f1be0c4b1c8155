using 'main.bicep'

// Warm instances, private network, alerts. Deployed by `az deployment sub create`: see docs/deployment.md. Variables
// without a default must be set.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'voice-prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param audience = readEnvironmentVariable('AZURE_AUDIENCE')
param docsClientId = readEnvironmentVariable('DOCS_CLIENT_ID', '')
param allowedOrigins = readEnvironmentVariable('ALLOWED_ORIGINS', '')
param allowedHosts = readEnvironmentVariable('ALLOWED_HOSTS', '')
param dropFunctionName = readEnvironmentVariable('DROP_FUNCTION_NAME', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param stage = 'production'
param scale = { memoryMb: 4096, maxInstances: 200, alwaysReady: 2 }
param privateNetwork = true
param monthlyBudget = 2000
param budgetStart = readEnvironmentVariable('BUDGET_START')
