param name string
param location string
param tags object
param principalId string
param workspaceId string
param isPrivate bool

// As the collections of the code define themselves; `unqueried` fields are not indexed. A time to live of -1 keeps what names none.
var containers = [
  { name: 'audit', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'batches', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'consents', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'counters', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'idempotency', orderedBy: [], unqueried: [], timeToLiveSeconds: 86400 }
  { name: 'lexicons', orderedBy: [], unqueried: ['entries'], timeToLiveSeconds: -1 }
  { name: 'limits', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'shared-voices', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'syntheses', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'uploads', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'usage', orderedBy: ['day'], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'voices', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
  { name: 'webhook-deliveries', orderedBy: [], unqueried: [], timeToLiveSeconds: 2592000 }
  { name: 'webhook-secrets', orderedBy: [], unqueried: [], timeToLiveSeconds: -1 }
]

// Ties of an order are broken by these.
var tieBreakers = ['id', 'partition']

// Cosmos DB Built-in Data Contributor
var dataContributorRole = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [{ name: 'EnableServerless' }]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: false }]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: 'Continuous7Days' }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: 'voice-cloning'
  properties: {
    resource: { id: 'voice-cloning' }
  }
}

resource collections 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for container in containers: {
    parent: database
    name: container.name
    properties: {
      resource: {
        id: container.name
        partitionKey: { kind: 'Hash', paths: ['/partition'], version: 2 }
        defaultTtl: container.timeToLiveSeconds
        indexingPolicy: {
          automatic: true
          indexingMode: 'consistent'
          includedPaths: [{ path: '/*' }]
          excludedPaths: map(container.unqueried, field => { path: '/${field}/*' })
          compositeIndexes: map(
            concat(['createdAt'], container.orderedBy),
            field => map(concat([field], tieBreakers), tie => { path: '/${tie}', order: 'ascending' })
          )
        }
      }
    }
  }
]

resource access 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributorRole)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributorRole}'
    scope: account.id
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'ControlPlaneRequests', enabled: true }, { category: 'QueryRuntimeStatistics', enabled: true }]
    metrics: [{ category: 'Requests', enabled: true }]
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint
