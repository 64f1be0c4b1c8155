param location string
param tags object
param email string
param insightsId string

// Severity 1 wakes somebody, 2 waits for the morning. Queries read what the app writes into its traces; exceptions come from the host.
var rules = [
  {
    name: 'failed-requests'
    description: 'More than 5 % of requests fail with 5xx.'
    severity: 1
    query: 'requests | summarize total = count(), failed = countif(toint(resultCode) >= 500) | where total > 20 and failed * 20 > total'
  }
  {
    name: 'slow-speech'
    description: 'The slowest twentieth of syntheses takes over 5 seconds until its answer begins.'
    severity: 2
    query: 'requests | where tostring(customDimensions["voice.operation"]) in ("speak", "speakStream") | summarize p95 = percentile(duration, 95), total = count() | where total > 20 and p95 > 5000'
  }
  {
    name: 'throttled-by-azure'
    description: 'Speech answers 429: raise its quota or lower SPEECH_MAX_CONCURRENCY.'
    severity: 2
    query: 'dependencies | where name startswith "speech " | where customDimensions["voice.error_code"] == "speech-throttled" | summarize throttled = count() | where throttled > 20'
  }
  {
    name: 'failed-orchestrations'
    description: 'Trainings or batches die.'
    severity: 2
    query: 'exceptions | where operation_Name endswith "Orchestration" | summarize failed = count() | where failed > 0'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-voice-cloning'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'voiceclone'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource queryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: rule.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
