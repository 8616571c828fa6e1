/** What the region screen asks: almost all of it of the device service; approvals and invitations are signed in the vault. */
import { graphql } from '../../generated/gql.ts';

/** A training clinic joins no region. */
export const whetherTraining = graphql(`
  query WhetherTraining {
    workstation {
      training
    }
  }
`);

export const joinRegion = graphql(`
  mutation JoinRegion($invitation: String!) {
    joinRegion(invitation: $invitation) {
      ...SyncParts
    }
  }
`);

export const syncNow = graphql(`
  mutation SyncNow {
    syncNow {
      ...SyncParts
    }
  }
`);

export const regionMembers = graphql(`
  query RegionMembers {
    clinics {
      chain
      name
      kind
      own
    }
    devices {
      id
      kind
      revoked
      own
      inUseTwice
      copies {
        epoch
        blocks
        state
        here
      }
    }
  }
`);

export const clinicKeys = graphql(`
  query ClinicKeys {
    clinicKeys {
      ...ClinicKeyParts
    }
  }
  fragment ClinicKeyParts on ClinicKeys {
    signingKey
    signingSince
    encryptionKey
    encryptionSince
    rollsAt
    earlier
    keptDays
    waiting {
      who
      type
      at
    }
  }
`);

export const discardWaitingActs = graphql(`
  mutation DiscardWaitingActs {
    discardWaitingActs
  }
`);

export const rollClinicKeys = graphql(`
  mutation RollClinicKeys($passphrase: String!) {
    rollClinicKeys(passphrase: $passphrase) {
      ...ClinicKeyParts
    }
  }
`);

export const admissionRequests = graphql(`
  query AdmissionRequests {
    admissionRequests {
      chain
      name
      kind
      fingerprint
      receivedAt
    }
  }
`);

export const approveAdmission = graphql(`
  mutation ApproveAdmission($chain: ID!) {
    approveAdmission(chain: $chain)
  }
`);

export const inviteDevice = graphql(`
  mutation InviteDevice($kind: String!) {
    inviteDevice(kind: $kind)
  }
`);

export const deviceRequests = graphql(`
  query DeviceRequests {
    deviceRequests {
      device
      kind
      staffName
      receivedAt
    }
  }
`);

export const admitDevice = graphql(`
  mutation AdmitDevice($device: ID!, $role: String!) {
    admitDevice(device: $device, role: $role)
  }
`);

export const refuseDevice = graphql(`
  mutation RefuseDevice($device: ID!) {
    refuseDevice(device: $device)
  }
`);

export const revokeDevice = graphql(`
  mutation RevokeDevice($device: ID!) {
    revokeDevice(device: $device)
  }
`);

export const retireCopy = graphql(`
  mutation RetireCopy($device: ID!, $epoch: ID!) {
    retireCopy(device: $device, epoch: $epoch)
  }
`);

export const letCopyGoOn = graphql(`
  mutation LetCopyGoOn {
    letCopyGoOn {
      ...SyncParts
    }
  }
`);

export const exportBundle = graphql(`
  mutation ExportBundle($folder: String!, $after: Float!, $clinic: ID) {
    exportBundle(folder: $folder, after: $after, clinic: $clinic) {
      path
      bytes
      from
      size
      pending
      documents
    }
  }
`);

export const importBundle = graphql(`
  mutation ImportBundle($path: String!) {
    importBundle(path: $path) {
      blocks
      size
      carried
    }
  }
`);
