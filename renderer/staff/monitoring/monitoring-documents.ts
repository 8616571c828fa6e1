/** What monitoring asks of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment AlertParts on MonitoringAlert {
    id
    side
    threshold
    escalated
    step
    corrected
    acknowledgedBy
    acknowledgedAt
    reading {
      value
      measured
      received
    }
  }
`);

graphql(`
  fragment WatchParts on Watch {
    id
    measurement
    unit
    state
    notWatchingSince
    passedOver
    patient {
      id
      name
      birthDate
    }
    last {
      value
      measured
      received
    }
    alerts {
      ...AlertParts
    }
    acknowledged {
      ...AlertParts
    }
    plans {
      id
      active
      low
      high
      intervalMinutes
      escalateMinutes
      repeatMinutes
      ladder {
        afterMinutes
        tell {
          id
          name
        }
      }
      by
      from
      tell {
        id
        name
      }
    }
  }
`);

export const monitored = graphql(`
  query Monitored {
    monitored {
      ...WatchParts
    }
  }
`);

export const alertCalls = graphql(`
  query AlertCalls {
    alertCalls {
      id
      measurement
      unit
      open
      step
      steps
      calls
      covered
      patient {
        id
        name
      }
      alert {
        ...AlertParts
      }
    }
  }
`);

export const monitoringOf = graphql(`
  query MonitoringOf($patient: ID!) {
    monitoring(patient: $patient) {
      ...WatchParts
    }
  }
`);

export const monitoringDryRun = graphql(`
  query MonitoringDryRun($input: MonitoringInput!) {
    monitoringDryRun(input: $input) {
      readings
      alerts
      gaps
    }
  }
`);

export const monitoringStaff = graphql(`
  query MonitoringStaff {
    me {
      id
    }
    staffMembers {
      id
      name
      role
      revoked
    }
  }
`);

export const setMonitoring = graphql(`
  mutation SetMonitoring($input: MonitoringInput!) {
    setMonitoring(input: $input) {
      ...WatchParts
    }
  }
`);

export const endMonitoring = graphql(`
  mutation EndMonitoring($patient: ID!, $measurement: Measurement!) {
    endMonitoring(patient: $patient, measurement: $measurement) {
      ...WatchParts
    }
  }
`);

export const acknowledgeAlerts = graphql(`
  mutation AcknowledgeAlerts($watch: ID!, $alerts: [ID!]!) {
    acknowledgeAlerts(watch: $watch, alerts: $alerts) {
      ...WatchParts
    }
  }
`);
