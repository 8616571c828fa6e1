/** What the screen of backups and recovery asks of the device service. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment BackupParts on BackupState {
    backups {
      id
      state
      made
      expires
      folder
      bytes
      checkedAt
      documents
      keys
      recoverable
      problem {
        code
        details {
          name
          value
        }
        message
      }
    }
    schedule {
      folder
      everyHours
    }
    nextDue
    scheduleProblem {
      code
      details {
        name
        value
      }
      message
    }
    progress {
      step
      done
      total
    }
    recovery {
      holders
      threshold
      made
    }
    lastDrill {
      at
      seconds
    }
  }
`);

export const backupsNow = graphql(`
  query BackupsNow {
    backups {
      ...BackupParts
    }
  }
`);

export const backupsChanged = graphql(`
  subscription BackupsChanged {
    backupsChanged {
      ...BackupParts
    }
  }
`);

export const makeBackup = graphql(`
  mutation MakeBackup($folder: String!) {
    makeBackup(folder: $folder) {
      ...BackupParts
    }
  }
`);

export const scheduleBackups = graphql(`
  mutation ScheduleBackups($folder: String, $everyHours: Int) {
    scheduleBackups(folder: $folder, everyHours: $everyHours) {
      ...BackupParts
    }
  }
`);

export const makeRecoverySheets = graphql(`
  mutation MakeRecoverySheets($holders: [String!]!, $threshold: Int!, $passphrase: String!) {
    makeRecoverySheets(holders: $holders, threshold: $threshold, passphrase: $passphrase) {
      holder
      index
      text
      lines
    }
  }
`);

export const runDrill = graphql(`
  mutation RunDrill($passphrase: String!) {
    runDrill(passphrase: $passphrase)
  }
`);
