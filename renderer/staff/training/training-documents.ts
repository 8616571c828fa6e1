/** What the screens of training ask. */
import { graphql } from '../../generated/gql.ts';

export const TrainingParts = graphql(`
  fragment TrainingParts on Training {
    beganAt
    points
    mostPoints
    patient {
      ...TrainingPersonParts
    }
    namesake {
      ...TrainingPersonParts
    }
    emergency {
      ...TrainingPersonParts
    }
    watched {
      ...TrainingPersonParts
    }
    tasks {
      ...TrainingTaskParts
    }
  }
`);

export const TrainingPersonParts = graphql(`
  fragment TrainingPersonParts on TrainingPerson {
    id
    name
    birthDate
    number
  }
`);

export const TrainingTaskParts = graphql(`
  fragment TrainingTaskParts on TrainingJudgement {
    task
    doneAt
    mistakes
    points
  }
`);

export const trainingNow = graphql(`
  query TrainingNow {
    training {
      ...TrainingParts
    }
  }
`);

export const beginTraining = graphql(`
  mutation BeginTraining {
    beginTraining {
      ...TrainingParts
    }
  }
`);

export const signTrainingRecord = graphql(`
  mutation SignTrainingRecord($name: String!, $passphrase: String!) {
    signTrainingRecord(name: $name, passphrase: $passphrase) {
      fileName
      json
    }
  }
`);

export const trainingRecords = graphql(`
  query TrainingRecords {
    trainingRecords {
      id
      name
      trainingClinic
      signedAt
      points
      mostPoints
      keptBy
      keptAt
      tasks {
        ...TrainingTaskParts
      }
    }
  }
`);

export const keepTrainingRecord = graphql(`
  mutation KeepTrainingRecord($file: String!, $passphrase: String!) {
    keepTrainingRecord(file: $file, passphrase: $passphrase) {
      id
    }
  }
`);

export const demonstrateTampering = graphql(`
  mutation DemonstrateTampering($how: Tampering!) {
    demonstrateTampering(how: $how) {
      acts
      documents
      faults
      milliseconds
    }
  }
`);
