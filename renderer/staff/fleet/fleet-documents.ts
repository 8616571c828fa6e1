/** What the console of a hub administrator asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const fleetBoard = graphql(`
  query Fleet {
    fleet {
      size
      now
      clinics {
        chain
        name
        kind
        quarantined
        rebaseline
        ring
      }
      devices {
        ...FleetDeviceParts
      }
      releases {
        id
        version
        offered
      }
      acts {
        ...HubActParts
      }
      troubles {
        process
        store
        code
        since
      }
    }
  }
`);

export const hubLedger = graphql(`
  query HubLedger {
    hubLedger {
      minutes {
        ...HubSampleParts
      }
      hours {
        ...HubSampleParts
      }
      quorum
      witnesses {
        who
        clinic
        cosignedAt
      }
      disk {
        finishedAt
        faults {
          part
          count
        }
      }
    }
  }
`);

export const regionAnchors = graphql(`
  query RegionAnchors {
    regionAnchors {
      size
      command
      ours {
        id
        parent
        parentName
        size
        root
        time
        witnessed
        standing
      }
      others {
        id
        region
        by
        size
        root
        time
        witnessed
      }
    }
  }
`);

export const keepRegionAnchor = graphql(`
  mutation KeepRegionAnchor($file: String!) {
    keepRegionAnchor(file: $file) {
      id
      size
      standing
    }
  }
`);

export const regionAnchorFile = graphql(`
  query RegionAnchorFile($id: ID!) {
    regionAnchorFile(id: $id)
  }
`);

graphql(`
  fragment HubSampleParts on HubSample {
    start
    blocks
    answered
    refused
    typical
    slow
    storage
    memory
  }
`);

graphql(`
  fragment FleetDeviceParts on FleetDevice {
    device
    chain
    clinic
    kind
    needs
    quarantined
    revoked
    cut
    lastPosition
    lastTime
    reportedAt
    offered
    report {
      version
      skew
      lag
      events
      documents
      audited
      witnessed
      witnessedAt
      epoch
      height
      problem
      alarms
    }
  }
`);

graphql(`
  fragment HubActParts on HubAct {
    sequence
    kind
    subject
    before
    after
    reason
    time
    author
    atMachine
  }
`);

export const administerHub = graphql(`
  mutation AdministerHub($input: HubActInput!) {
    administerHub(input: $input)
  }
`);

export const inviteClinic = graphql(`
  mutation InviteClinic($input: InvitationInput!) {
    inviteClinic(input: $input) {
      id
      text
      expires
    }
  }
`);

export const ownId = graphql(`
  query OwnId {
    me {
      id
      name
      hasSecondFactor
    }
  }
`);
