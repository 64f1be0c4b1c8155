param environmentName string
param location string
param tags object
param audience string
param docsClientId string
param allowedOrigins string
param allowedHosts string
param stage string
param scale object
param durableBackend string
param database string
param withTranslator bool
param openAiDeployments array
param openAiLocation string
param privateNetwork bool
param privateSpeech bool
param dropFunctionName string
param alertEmail string
param monthlyBudget int
param budgetStart string

var suffix = uniqueString(subscription().id, resourceGroup().id, environmentName)
var withOpenAi = !empty(openAiDeployments)
var withScheduler = durableBackend == 'scheduler'
var usesPostgres = database == 'postgres'

module identity 'app/identity.bicep' = {
  params: { name: 'id-${suffix}', location: location, tags: tags }
}

module monitoring 'operations/monitoring.bicep' = {
  params: {
    suffix: suffix
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module network 'network/network.bicep' = if (privateNetwork) {
  params: { suffix: suffix, location: location, tags: tags, withPostgres: usesPostgres }
}

module storage 'data/storage.bicep' = {
  params: {
    name: 'st${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
  }
}

module cosmos 'data/cosmos.bicep' = if (!usesPostgres) {
  params: {
    name: 'cosmos-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
  }
}

module postgres 'data/postgres.bicep' = if (usesPostgres) {
  params: {
    name: 'psql-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    principalName: identity.outputs.name
    workspaceId: monitoring.outputs.workspaceId
    subnetId: privateNetwork ? network!.outputs.postgresSubnetId : ''
    dnsZoneId: privateNetwork ? network!.outputs.postgresZoneId : ''
  }
}

module speech 'app/speech.bicep' = {
  params: {
    name: 'speech-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateSpeech
  }
}

module translator 'app/translator.bicep' = if (withTranslator) {
  params: {
    name: 'translator-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
  }
}

module openAi 'app/openai.bicep' = if (withOpenAi) {
  params: {
    name: 'openai-${suffix}'
    location: openAiLocation
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
    deployments: openAiDeployments
  }
}

module vault 'data/key-vault.bicep' = {
  params: {
    name: 'kv-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
    isProtected: stage == 'production'
  }
}

module speechKey 'data/speech-key.bicep' = if (privateSpeech) {
  params: { speechName: speech.outputs.name, vaultName: vault.outputs.name }
}

module scheduler 'app/durable-scheduler.bicep' = if (withScheduler) {
  params: {
    name: 'dts-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module endpoints 'network/private-endpoints.bicep' = if (privateNetwork) {
  params: {
    location: location
    tags: tags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
    storageId: storage.outputs.id
    cosmosId: usesPostgres ? '' : cosmos!.outputs.id
    vaultId: vault.outputs.id
    aiAccountIds: concat(
      privateSpeech ? [speech.outputs.id] : [],
      withTranslator ? [translator!.outputs.id] : [],
      withOpenAi ? [openAi!.outputs.id] : []
    )
  }
}

module app 'app/function-app.bicep' = {
  params: {
    name: 'func-${suffix}'
    location: location
    tags: union(tags, { 'azd-service-name': 'api' })
    identityId: identity.outputs.id
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    workspaceId: monitoring.outputs.workspaceId
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    scale: scale
    settings: settings.outputs.settings
  }
  dependsOn: [endpoints]
}

module settings 'app/app-settings.bicep' = {
  params: {
    stage: stage
    audience: audience
    docsClientId: docsClientId
    allowedOrigins: allowedOrigins
    allowedHosts: allowedHosts
    location: location
    clientId: identity.outputs.clientId
    insightsConnectionString: monitoring.outputs.connectionString
    storageName: storage.outputs.name
    blobUrl: storage.outputs.blobUrl
    cosmosEndpoint: usesPostgres ? '' : cosmos!.outputs.endpoint
    databaseUrl: usesPostgres ? postgres!.outputs.url : ''
    speechId: speech.outputs.id
    speechEndpoint: speech.outputs.endpoint
    speechKey: privateSpeech ? speechKey!.outputs.setting : ''
    translatorEndpoint: withTranslator ? translator!.outputs.endpoint : ''
    translatorId: withTranslator ? translator!.outputs.id : ''
    openAiEndpoint: withOpenAi ? openAi!.outputs.endpoint : ''
    openAiRoles: map(openAiDeployments, deployment => deployment.role)
    vaultUri: vault.outputs.uri
    schedulerConnection: withScheduler ? scheduler!.outputs.connection : ''
    schedulerHub: withScheduler ? scheduler!.outputs.hub : ''
  }
}

module dropFolder 'app/drop-folder.bicep' = {
  params: {
    name: 'evgt-${suffix}'
    location: location
    tags: tags
    storageName: storage.outputs.name
  }
}

module dropSubscription 'app/drop-subscription.bicep' = if (!empty(dropFunctionName)) {
  params: {
    topicName: dropFolder.outputs.topicName
    appName: app.outputs.name
    functionName: dropFunctionName
  }
}

module alerts 'operations/alerts.bicep' = if (!empty(alertEmail)) {
  params: {
    location: location
    tags: tags
    email: alertEmail
    insightsId: monitoring.outputs.insightsId
  }
}

module budget 'operations/budget.bicep' = if (monthlyBudget > 0) {
  params: { amount: monthlyBudget, start: budgetStart, email: alertEmail }
}

output clientId string = identity.outputs.clientId
output apiUrl string = app.outputs.url
output speechEndpoint string = speech.outputs.endpoint
output blobUrl string = storage.outputs.blobUrl
output vaultUri string = vault.outputs.uri
