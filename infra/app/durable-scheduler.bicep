param name string
param location string
param tags object
param principalId string

@description('Addresses that may reach the scheduler; the role decides who may use it.')
param ipAllowlist array = ['0.0.0.0/0']

// Durable Task Data Contributor
var taskDataContributorRole = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    ipAllowlist: ipAllowlist
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: 'voicecloning'
  properties: {}
}

resource runsTasks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler.id, principalId, taskDataContributorRole)
  scope: scheduler
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', taskDataContributorRole)
  }
}

output hub string = hub.name
output connection string = 'Endpoint=${scheduler.properties.endpoint};Authentication=ManagedIdentity'
