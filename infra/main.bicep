targetScope = 'subscription'

@description('Name of the environment, as azd knows it; part of every name.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('Region of every resource. Custom neural voice needs one of the regions that Speech trains in.')
param location string

@description('Client id or URI of the app registration whose tokens the API accepts; several are separated by commas.')
param audience string

@description('Client id of the single-page application by which Swagger UI signs people in; empty hides the button.')
param docsClientId string = ''

@description('Origins whose scripts may call the API, separated by commas.')
param allowedOrigins string = ''

@description('Host names that are served, separated by commas; empty serves every one.')
param allowedHosts string = ''

@description('Where the app runs, as ENVIRONMENT tells it.')
@allowed(['development', 'test', 'production'])
param stage string = 'production'

@description('Size of the app: memory and number of instances, and instances that are always warm.')
param scale scaleSettings = { memoryMb: 2048, maxInstances: 100, alwaysReady: 0 }

@description('Where Durable Functions keep their state.')
@allowed(['storage', 'scheduler'])
param durableBackend string = 'storage'

@description('Where documents are kept.')
@allowed(['cosmos', 'postgres'])
param database string = 'cosmos'

@description('Translator beside Speech.')
param withTranslator bool = true

@description('Deployments of Azure OpenAI; none leaves Azure OpenAI out.')
param openAiDeployments openAiDeployment[] = []

@description('Region of Azure OpenAI, where the models differ by region.')
param openAiLocation string = location

@description('Keeps storage, database, vault, Translator and Azure OpenAI off the public network.')
param privateNetwork bool = false

@description('With the private network, keeps Speech off the public one too. Azure takes no tokens there, so the app speaks with a key that it reads from the vault.')
param privateSpeech bool = false

@description('Name of the function that reads the drop folder, once the app is deployed; empty leaves the subscription out.')
param dropFunctionName string = ''

@description('Who is told of alerts and of the budget; empty tells nobody.')
param alertEmail string = ''

@description('Budget per month in the currency of the subscription; 0 sets none.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the budget, the first of a month; empty begins with this month. Azure takes no past month for a new budget and no other day for an old one, so that later deployments name the same.')
param budgetStart string = ''

@description('Not to be set: Bicep reads the clock in defaults only.')
param firstOfThisMonth string = utcNow('yyyy-MM-01')

@description('Further tags of every resource.')
param tags object = {}

@description('Memory of an instance in megabytes; instances at most; instances kept warm for HTTP.')
type scaleSettings = {
  memoryMb: 512 | 2048 | 4096
  maxInstances: int
  alwaysReady: int
}

@description('A model under a name. The role says which setting of the app names the deployment.')
type openAiDeployment = {
  role: 'speech' | 'transcription' | 'chat'
  model: string
  version: string
  sku: string
  capacity: int
}

var allTags = union(tags, { 'azd-env-name': environmentName })

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: allTags
}

module resources 'resources.bicep' = {
  scope: group
  params: {
    environmentName: environmentName
    location: location
    tags: allTags
    audience: audience
    docsClientId: docsClientId
    allowedOrigins: allowedOrigins
    allowedHosts: allowedHosts
    stage: stage
    scale: scale
    durableBackend: durableBackend
    database: database
    withTranslator: withTranslator
    openAiDeployments: openAiDeployments
    openAiLocation: openAiLocation
    privateNetwork: privateNetwork
    privateSpeech: privateNetwork && privateSpeech
    dropFunctionName: dropFunctionName
    alertEmail: alertEmail
    monthlyBudget: monthlyBudget
    budgetStart: empty(budgetStart) ? firstOfThisMonth : budgetStart
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_CLIENT_ID string = resources.outputs.clientId
output API_URL string = resources.outputs.apiUrl
output AZURE_SPEECH_ENDPOINT string = resources.outputs.speechEndpoint
output AZURE_STORAGE_ACCOUNT_URL string = resources.outputs.blobUrl
output KEY_VAULT_URI string = resources.outputs.vaultUri
