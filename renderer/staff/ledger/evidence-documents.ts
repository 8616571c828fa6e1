/** What the alarm bar and the ledger screen ask of the device service about lies. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment EvidenceParts on Evidence {
    id
    code
    about
    message
    since
    stops
    provable
    acknowledgedAt
    acknowledgedBy
    resolvedAt
    resolvedBy
  }
`);

/** Live, by the subscription of the sync state. */
export const openAlarms = graphql(`
  query OpenAlarms {
    syncState {
      run
      revision
      witnessedAt
      alarms {
        ...EvidenceParts
      }
      diskCheck {
        ...DiskParts
      }
    }
  }
`);

export const everyEvidence = graphql(`
  query EveryEvidence {
    evidence {
      ...EvidenceParts
    }
  }
`);

export const evidenceFile = graphql(`
  query EvidenceFile($id: Int!) {
    evidenceFile(id: $id)
  }
`);

export const acknowledgeEvidence = graphql(`
  mutation AcknowledgeEvidence($id: Int!) {
    acknowledgeEvidence(id: $id) {
      run
      revision
      alarms {
        ...EvidenceParts
      }
    }
  }
`);

export const followRestoredHub = graphql(`
  mutation FollowRestoredHub {
    followRestoredHub {
      run
      revision
      connection
      alarms {
        ...EvidenceParts
      }
    }
  }
`);

export const resumeSync = graphql(`
  mutation ResumeSync {
    resumeSync {
      run
      revision
      connection
      alarms {
        ...EvidenceParts
      }
    }
  }
`);
