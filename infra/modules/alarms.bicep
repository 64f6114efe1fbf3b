// Alarms: by what the bot says in its log, and by what the host counts. docs/operations.md has a paragraph for each.
param location string
param workspaceId string
param appId string
param email string

// `messages` are the log's own fixed words; more than `above` of them within `minutes` ring. `only`: a condition on their fields.
var spoken = [
  {
    name: 'start-failed'
    severity: 0
    minutes: 15
    above: 0
    messages: ['the start failed']
  }
  {
    name: 'something-is-away'
    severity: 1
    minutes: 15
    above: 0
    // Said ever more seldom, but at least every ten minutes: so it rings until it is over.
    only: '| where todouble(event.seconds) > 60'
    messages: ['something is waited for']
  }
  {
    name: 'teams-refuses'
    severity: 0
    minutes: 15
    above: 0
    messages: [
      'Teams does not know the bot (401): look at its registration and its secret; nothing is dropped'
      'Teams refuses the bot in all chats of a tenant'
    ]
  }
  {
    name: 'chat-asleep'
    severity: 2
    minutes: 60
    above: 0
    messages: ['a chat takes no messages; it sleeps and keeps what it should hear', 'a chat slept for 90 days and is closed']
  }
  {
    name: 'said-late'
    severity: 1
    minutes: 60
    above: 0
    messages: ['a chat has taken nothing of what is to be said there for an hour']
  }
  {
    name: 'looks-late'
    severity: 2
    minutes: 60
    above: 0
    messages: ['the looks at customers come late']
  }
  {
    name: 'sign-in-old'
    severity: 1
    minutes: 60
    above: 0
    messages: ['the sign-in for Partner Center has not renewed itself for 60 days']
  }
  {
    name: 'certificate-ends'
    severity: 1
    minutes: 60
    above: 0
    messages: ['the certificate of the app for Partner Center ends within 30 days, or has ended']
  }
  {
    name: 'sign-in'
    severity: 0
    minutes: 60
    above: 0
    messages: ['the new refresh token could not be stored; the one before it stays']
  }
  {
    name: 'customers-unread'
    severity: 1
    minutes: 60
    above: 10
    messages: ['the customers could not be listed; trying again', 'a customer was skipped in this sweep']
  }
  {
    name: 'move-in-trouble'
    severity: 1
    minutes: 15
    above: 0
    messages: ['a step of a move did not succeed', 'a change of a subscription was not taken', 'the change touched other fields too']
  }
  {
    name: 'move-stopped'
    severity: 1
    minutes: 15
    above: 0
    // The line that stops it; what is tried while it is stopped does not ring again.
    only: '| where tostring(event.after) == "stuck" and tostring(event.before) != "stuck"'
    messages: ['the record has a new line']
  }
  {
    name: 'who-may-unknown'
    severity: 1
    minutes: 15
    above: 2
    messages: ['a step waits: who may do it cannot be read']
  }
  {
    name: 'work-dropped'
    severity: 1
    minutes: 60
    above: 0
    messages: ['a wake-up failed too often and is dropped; the sweep finds its work again']
  }
  {
    name: 'record-changed'
    severity: 0
    minutes: 60
    above: 0
    messages: ['the record is not as its anchor says: no new anchor is made; run npm run audit:verify']
  }
  {
    name: 'read-only-switched'
    severity: 2
    minutes: 15
    above: 0
    messages: ['the read-only switch was set']
  }
  {
    name: 'strangers-knock'
    severity: 2
    minutes: 60
    above: 45
    messages: ['requests were refused in the last minute']
  }
]

resource told 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'successor'
  location: 'global'
  properties: {
    groupShortName: 'successor'
    enabled: true
    emailReceivers: [{ name: 'owner', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource bySpoken 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for one in spoken: {
  name: 'successor-${one.name}'
  location: location
  properties: {
    displayName: 'Successor: ${one.name}'
    severity: one.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT${one.minutes}M'
    // The table comes into being with the first line.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'ContainerAppConsoleLogs | extend event = parse_json(Log) | where tostring(event.msg) in (${join(map(one.messages, message => '"${message}"'), ', ')}) ${one.?only ?? ''}'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: one.above
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(email) ? [] : [told.id] }
  }
}]

var counted = [
  { name: 'restarts', severity: 1, metric: 'RestartCount', aggregation: 'Maximum', operator: 'GreaterThan', threshold: 3 }
  { name: 'not-running', severity: 0, metric: 'Replicas', aggregation: 'Maximum', operator: 'LessThan', threshold: 1 }
]

resource byCount 'Microsoft.Insights/metricAlerts@2018-03-01' = [for one in counted: {
  name: 'successor-${one.name}'
  location: 'global'
  properties: {
    description: 'Successor: ${one.name}'
    severity: one.severity
    enabled: true
    scopes: [appId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: one.name
          metricName: one.metric
          timeAggregation: one.aggregation
          operator: one.operator
          threshold: one.threshold
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: told.id }]
  }
}]
