/** What the page asks about this workstation, and does to open and lock it. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment WorkstationParts on Workstation {
    state
    version
    training
    keychain
    lockAfterMinutes
    look {
      language
      scheme
    }
    waiting {
      alerts
      tasks
      at
      calls
      quiet
      calledAt
    }
    update {
      state
      version
      isOlder
      canInstall
      notes {
        language
        text
      }
      problem {
        code
        details {
          name
          value
        }
        message
        retry
      }
    }
    device
    clinic {
      chain
      name
      kind
      own
    }
    staff {
      id
      name
      role
    }
    signedIn {
      id
      name
      role
    }
  }
`);

export const workstationQuery = graphql(`
  query WorkstationNow {
    workstation {
      ...WorkstationParts
    }
  }
`);

export const workstationChanged = graphql(`
  subscription WorkstationChanged {
    workstationChanged {
      ...WorkstationParts
    }
  }
`);

export const chooseLook = graphql(`
  mutation ChooseLook($language: String, $scheme: ColorScheme) {
    chooseLook(language: $language, scheme: $scheme) {
      ...WorkstationParts
    }
  }
`);

export const installUpdate = graphql(`
  mutation InstallUpdate {
    installUpdate
  }
`);

export const createClinic = graphql(`
  mutation CreateClinic($input: CreateClinicInput!) {
    createClinic(input: $input) {
      ...WorkstationParts
    }
  }
`);

export const createSampleClinic = graphql(`
  mutation CreateSampleClinic($passphrase: String!) {
    createSampleClinic(passphrase: $passphrase) {
      ...WorkstationParts
    }
  }
`);

export const joinClinic = graphql(`
  mutation JoinClinic($invitation: String!, $staffName: String!, $passphrase: String!) {
    joinClinic(invitation: $invitation, staffName: $staffName, passphrase: $passphrase) {
      ...WorkstationParts
    }
  }
`);

export const restoreBackup = graphql(`
  mutation RestoreBackup($folder: String!, $shares: [String!]!, $name: String!, $passphrase: String!) {
    restoreBackup(folder: $folder, shares: $shares, name: $name, passphrase: $passphrase) {
      ...WorkstationParts
    }
  }
`);

export const unlock = graphql(`
  mutation Unlock($staff: ID!, $passphrase: String!) {
    unlock(staff: $staff, passphrase: $passphrase) {
      ...WorkstationParts
    }
  }
`);

export const lock = graphql(`
  mutation Lock {
    lock {
      ...WorkstationParts
    }
  }
`);

export const passphraseStrength = graphql(`
  query PassphraseStrengthOf($passphrase: String!, $words: [String!]!) {
    passphraseStrength(passphrase: $passphrase, words: $words) {
      score
      accepted
      advice
    }
  }
`);
