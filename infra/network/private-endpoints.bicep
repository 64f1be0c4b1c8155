param location string
param tags object
param networkId string
param subnetId string
param storageId string

@description('Empty where PostgreSQL takes its place.')
param cosmosId string
param vaultId string
param aiAccountIds array

var storageSuffix = environment().suffixes.storage
var targets = concat(
  [
    { name: 'blob', id: storageId, group: 'blob', zones: ['privatelink.blob.${storageSuffix}'] }
    { name: 'queue', id: storageId, group: 'queue', zones: ['privatelink.queue.${storageSuffix}'] }
    { name: 'table', id: storageId, group: 'table', zones: ['privatelink.table.${storageSuffix}'] }
    { name: 'vault', id: vaultId, group: 'vault', zones: ['privatelink.vaultcore.azure.net'] }
  ],
  empty(cosmosId)
    ? []
    : [{ name: 'cosmos', id: cosmosId, group: 'Sql', zones: ['privatelink.documents.azure.com'] }],
  map(aiAccountIds, id => {
    name: last(split(id, '/'))
    id: id
    group: 'account'
    zones: ['privatelink.cognitiveservices.azure.com', 'privatelink.openai.azure.com']
  })
)
var zoneNames = union(flatten(map(targets, target => target.zones)), [])

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in zoneNames: {
    parent: zones[index]
    name: 'to-network'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for target in targets: {
    name: 'pe-${target.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: target.name
          properties: { privateLinkServiceId: target.id, groupIds: [target.group] }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (target, index) in targets: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: map(target.zones, zone => {
        name: replace(zone, '.', '-')
        properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zone) }
      })
    }
    dependsOn: [links]
  }
]
