param stage string
param audience string
param docsClientId string
param allowedOrigins string
param allowedHosts string
param location string
param clientId string
param insightsConnectionString string
param storageName string
param blobUrl string
param cosmosEndpoint string
param databaseUrl string
param speechId string
param speechEndpoint string

@description('Where the key of Speech is; empty for tokens of the identity.')
param speechKey string
param translatorEndpoint string
param translatorId string
param openAiEndpoint string
param openAiRoles array
param vaultUri string
param schedulerConnection string
param schedulerHub string

var hostSettings = {
  AzureWebJobsStorage__blobServiceUri: 'https://${storageName}.blob.${environment().suffixes.storage}'
  AzureWebJobsStorage__queueServiceUri: 'https://${storageName}.queue.${environment().suffixes.storage}'
  AzureWebJobsStorage__tableServiceUri: 'https://${storageName}.table.${environment().suffixes.storage}'
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
}

var appSettings = {
  ENVIRONMENT: stage
  AZURE_TENANT_ID: tenant().tenantId
  AZURE_CLIENT_ID: clientId
  AZURE_AUDIENCE: audience
  DOCS_CLIENT_ID: docsClientId
  ALLOWED_ORIGINS: allowedOrigins
  ALLOWED_HOSTS: allowedHosts
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  AZURE_STORAGE_ACCOUNT_URL: blobUrl
  COSMOS_DB_ENDPOINT: cosmosEndpoint
  DATABASE_URL: databaseUrl
  AZURE_SPEECH_REGION: location
  AZURE_SPEECH_RESOURCE_ID: speechId
  AZURE_SPEECH_ENDPOINT: speechEndpoint
  AZURE_SPEECH_KEY: speechKey
  AZURE_SPEECH_PRIVATE: empty(speechKey) ? 'false' : 'true'
  AZURE_TRANSLATOR_ENDPOINT: translatorEndpoint
  AZURE_TRANSLATOR_REGION: empty(translatorId) ? '' : location
  AZURE_OPENAI_ENDPOINT: openAiEndpoint
  AZURE_OPENAI_SPEECH_DEPLOYMENT: contains(openAiRoles, 'speech') ? 'speech' : ''
  AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: contains(openAiRoles, 'transcription') ? 'transcription' : ''
  AZURE_OPENAI_CHAT_DEPLOYMENT: contains(openAiRoles, 'chat') ? 'chat' : ''
  KEY_VAULT_URI: vaultUri
}

// They take the place of what host.json says of Durable Functions.
var schedulerSettings = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: '${schedulerConnection};ClientID=${clientId}'
  AzureFunctionsJobHost__extensions__durableTask__hubName: schedulerHub
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
}

output settings object = union(hostSettings, appSettings, empty(schedulerConnection) ? {} : schedulerSettings)
