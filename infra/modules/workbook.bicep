// A page over the log in Azure Monitor: what was bought, moved, suspended and refused, and one move by its correlation id.
param location string
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  name: guid(resourceGroup().id, 'successor')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Successor'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: loadTextContent('../workbook.json')
  }
}
