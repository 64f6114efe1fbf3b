// Everything that Successor needs in Azure, in one resource group; nothing is set above it. docs/install.md leads through it.
// The first deployment lays the foundations; infra/connect.sh then does what a template cannot; the second one starts the bot.
targetScope = 'resourceGroup'

@description('Part of every name. Given by azd.')
@minLength(1)
@maxLength(20)
param environmentName string

param location string = resourceGroup().location

@description('Object id of whoever deploys: may make the certificate in the vault. Given by azd; empty where somebody else makes it.')
param deployerObjectId string = ''

@description('Tenants whose people may speak to the bot, parted by commas; empty: this one.')
param allowedTenants string = ''

@description('Entra security groups by role: owner=<object id>; approver=<object id>,<object id>; requester=<object id>')
param roles string

@description('The tenant of the partner in Partner Center; empty: this one.')
param partnerTenantId string = ''

@description('The app that calls Partner Center. Set by infra/connect.sh; until then the bot is not started.')
param partnerClientId string = ''

@description('The image in the registry. Set by infra/connect.sh; until then the bot is not started.')
param image string = ''

@allowed(['public', 'gcc'])
param cloud string = 'public'

@description('When the one who asked may not approve: off, always, above 5000 EUR, above 25 seats.')
param fourEyes string = 'always'

@allowed(['channel', 'personal', 'never'])
@description('Where prices stand, which are the partner’s own: in every chat, only in the chat with one person, or nowhere.')
param showCost string = 'channel'

@allowed(['blocked', 'never'])
@description('Whether a card in a channel names the people who cannot move yet.')
param namesInChannel string = 'blocked'

@allowed(['on', 'off'])
@description('on: nothing is bought, moved or suspended, until this is set to off. A new tenant begins with a dry run, which an owner ends in the chat.')
param readOnly string = 'off'

@description('Who is told of alarms, and that the certificate ends. Empty: alarms are shown in the portal alone.')
param alarmEmail string = ''

// Empty: the bot's own value, which README's table of settings gives.
param sweepMinutes string = ''
param partnerCenterRequestsPerMinute string = ''
param licenceRequestsPerMinute string = ''
param namesDays string = ''
param recordDays string = ''
param proxies string = ''
param collectorEndpoint string = ''

@secure()
param collectorHeaders string = ''

@secure()
param metricsToken string = ''

var token = toLower(uniqueString(resourceGroup().id, environmentName))
var appName = 'bot-${token}'
var startsBot = !empty(partnerClientId) && !empty(image)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'successor-${environmentName}'
  location: location
}

module watching 'modules/watching.bicep' = {
  name: 'watching'
  params: {
    location: location
    token: token
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    workspaceId: watching.outputs.workspaceId
  }
}

module state 'modules/state.bicep' = {
  name: 'state'
  params: {
    location: location
    token: token
    identityObjectId: identity.properties.principalId
    deployerObjectId: deployerObjectId
    workspaceId: watching.outputs.workspaceId
  }
}

module host 'modules/host.bicep' = {
  name: 'host'
  params: {
    location: location
    token: token
    identityObjectId: identity.properties.principalId
    workspaceId: watching.outputs.workspaceId
  }
}

var publicUrl = 'https://${appName}.${host.outputs.defaultDomain}'

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    name: 'successor-${token}'
    identityResourceId: identity.id
    identityClientId: identity.properties.clientId
    endpoint: '${publicUrl}/api/messages'
    instrumentationKey: watching.outputs.instrumentationKey
    workspaceId: watching.outputs.workspaceId
  }
}

module app 'modules/app.bicep' = if (startsBot) {
  name: 'app'
  params: {
    location: location
    name: appName
    environmentId: host.outputs.environmentId
    registryServer: host.outputs.registryServer
    image: image
    identityResourceId: identity.id
    identityClientId: identity.properties.clientId
    publicUrl: publicUrl
    storageAccount: state.outputs.storageAccount
    vaultUrl: state.outputs.vaultUrl
    allowedTenants: empty(allowedTenants) ? tenant().tenantId : allowedTenants
    roles: roles
    partnerTenantId: empty(partnerTenantId) ? tenant().tenantId : partnerTenantId
    partnerClientId: partnerClientId
    cloud: cloud
    fourEyes: fourEyes
    showCost: showCost
    namesInChannel: namesInChannel
    readOnly: readOnly
    sweepMinutes: sweepMinutes
    partnerCenterRequestsPerMinute: partnerCenterRequestsPerMinute
    licenceRequestsPerMinute: licenceRequestsPerMinute
    namesDays: namesDays
    recordDays: recordDays
    proxies: proxies
    collectorEndpoint: collectorEndpoint
    collectorHeaders: collectorHeaders
    metricsToken: metricsToken
  }
}

module alarms 'modules/alarms.bicep' = if (startsBot) {
  name: 'alarms'
  params: {
    location: location
    workspaceId: watching.outputs.workspaceId
    appId: startsBot ? app!.outputs.appId : ''
    email: alarmEmail
  }
}

// Read by infra/connect.sh and by `npm run package`.
output BOT_ID string = identity.properties.clientId
output BOT_IDENTITY_OBJECT_ID string = identity.properties.principalId
output BOT_DOMAIN string = '${appName}.${host.outputs.defaultDomain}'
output PUBLIC_URL string = publicUrl
output REGISTRY_NAME string = host.outputs.registryName
output STORAGE_ACCOUNT string = state.outputs.storageAccount
output VAULT_NAME string = state.outputs.vaultName
