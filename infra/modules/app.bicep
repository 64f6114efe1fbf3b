// The bot itself. Its settings are those of bot/config. None that stands in the open is a secret: the certificate comes out of the vault as a file.
param location string
param name string
param environmentId string
param registryServer string
param image string
param identityResourceId string
param identityClientId string
param publicUrl string
param storageAccount string
param vaultUrl string
param allowedTenants string
param roles string
param partnerTenantId string
param partnerClientId string
param cloud string
param fourEyes string
param showCost string
param namesInChannel string
param readOnly string
param sweepMinutes string
param partnerCenterRequestsPerMinute string
param licenceRequestsPerMinute string
param namesDays string
param recordDays string
param proxies string
param collectorEndpoint string
@secure()
param collectorHeaders string
@secure()
param metricsToken string

// What is not given is left away: the host takes no secret that is empty.
var chosen = filter(
  [
    { name: 'SWEEP_MINUTES', value: sweepMinutes }
    { name: 'PARTNER_CENTER_REQUESTS_PER_MINUTE', value: partnerCenterRequestsPerMinute }
    { name: 'LICENCE_REQUESTS_PER_MINUTE', value: licenceRequestsPerMinute }
    { name: 'NAMES_DAYS', value: namesDays }
    { name: 'RECORD_DAYS', value: recordDays }
    { name: 'PROXIES', value: proxies }
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: collectorEndpoint }
  ],
  setting => !empty(setting.value)
)
var headers = empty(collectorHeaders) ? [] : [{ name: 'OTEL_EXPORTER_OTLP_HEADERS', secretRef: 'collector-headers' }]
var token = empty(metricsToken) ? [] : [{ name: 'METRICS_TOKEN', secretRef: 'metrics-token' }]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityResourceId}': {} }
  }
  properties: {
    environmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
      }
      registries: [{ server: registryServer, identity: identityResourceId }]
      secrets: concat(
        [
          {
            name: 'partner-certificate'
            keyVaultUrl: '${vaultUrl}secrets/partner-certificate'
            identity: identityResourceId
          }
        ],
        empty(collectorHeaders) ? [] : [{ name: 'collector-headers', value: collectorHeaders }],
        empty(metricsToken) ? [] : [{ name: 'metrics-token', value: metricsToken }]
      )
    }
    template: {
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            [
              { name: 'MODE', value: 'azure' }
              { name: 'PORT', value: '3978' }
              { name: 'MicrosoftAppId', value: identityClientId }
              { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
              { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
              { name: 'AZURE_CLIENT_ID', value: identityClientId }
              { name: 'ALLOWED_TENANTS', value: allowedTenants }
              { name: 'ROLES', value: roles }
              { name: 'PARTNER_TENANT_ID', value: partnerTenantId }
              { name: 'PARTNER_CLIENT_ID', value: partnerClientId }
              { name: 'PARTNER_CERTIFICATE', value: '/mnt/partner/certificate.pem' }
              { name: 'KEY_VAULT_URL', value: vaultUrl }
              { name: 'AZURE_STORAGE_ACCOUNT', value: storageAccount }
              { name: 'PUBLIC_URL', value: publicUrl }
              { name: 'CLOUD', value: cloud }
              { name: 'FOUR_EYES', value: fourEyes }
              { name: 'SHOW_COST', value: showCost }
              { name: 'NAMES_IN_CHANNEL', value: namesInChannel }
              { name: 'READ_ONLY', value: readOnly }
            ],
            chosen,
            headers,
            token
          )
          volumeMounts: [{ volumeName: 'partner', mountPath: '/mnt/partner' }]
          // Who waits for storage is alive: it is not ended for that, only not asked.
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 10, failureThreshold: 6 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 3978 }, periodSeconds: 5, failureThreshold: 3 }
          ]
        }
      ]
      volumes: [
        {
          name: 'partner'
          storageType: 'Secret'
          secrets: [{ secretRef: 'partner-certificate', path: 'certificate.pem' }]
        }
      ]
      // Its loops run also while nobody writes to it: never none.
      scale: { minReplicas: 1, maxReplicas: 1 }
    }
  }
}

output appId string = app.id
