/** What the screens of training ask. */
import { graphql } from '../../generated/gql.ts';

graphql(`
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

graphql(`
  fragment TrainingPersonParts on TrainingPerson {
    id
    name
    birthDate
    number
  }
`);

graphql(`
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
