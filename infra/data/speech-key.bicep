param speechName string
param vaultName string

var secretName = 'speech-key'

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = {
  name: speechName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource key 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: secretName
  properties: {
    value: account.listKeys().key1
    contentType: 'text/plain'
  }
}

@description('What the app reads: a reference, not the key.')
output setting string = 'keyvault:${key.name}'
