/** What consults ask of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment ConsultFacts on Consult {
    id
    clinic
    at
    complete
    patientName
    birthDate
    question
    askedBy
    filed
    parts {
      section
      title
      date
      value
    }
    pictures {
      name
      type
    }
    answer {
      text
      by
      at
    }
  }
`);

export const consultsOf = graphql(`
  query ConsultsOf($patient: ID!) {
    consultsOf(patient: $patient) {
      ...ConsultFacts
    }
  }
`);

export const consultsReceived = graphql(`
  query ConsultsReceived {
    consultsReceived {
      ...ConsultFacts
    }
  }
`);

export const consultPicture = graphql(`
  query ConsultPicture($consult: ID!, $index: Int!) {
    consultPicture(consult: $consult, index: $index)
  }
`);

export const askConsult = graphql(`
  mutation AskConsult($input: AskConsultInput!, $passphrase: String!) {
    askConsult(input: $input, passphrase: $passphrase) {
      ...ConsultFacts
    }
  }
`);

export const answerConsult = graphql(`
  mutation AnswerConsult($consult: ID!, $answer: String!, $passphrase: String!) {
    answerConsult(consult: $consult, answer: $answer, passphrase: $passphrase) {
      ...ConsultFacts
    }
  }
`);

export const fileConsult = graphql(`
  mutation FileConsult($patient: ID!, $consult: ID!) {
    fileConsult(patient: $patient, consult: $consult) {
      ...ConsultFacts
    }
  }
`);

export const consultClinics = graphql(`
  query ConsultClinics {
    clinics {
      chain
      name
      own
    }
  }
`);

export const casePacks = graphql(`
  query CasePacks($patient: ID!) {
    casePacks(patient: $patient) {
      link
      recipient
      at
      expires
      by
      state
      openedAt
      openedBy
    }
  }
`);

export const makeCasePack = graphql(`
  mutation MakeCasePack($input: CasePackInput!, $passphrase: String!) {
    makeCasePack(input: $input, passphrase: $passphrase) {
      url
      code
    }
  }
`);

export const endCasePack = graphql(`
  mutation EndCasePack($patient: ID!, $link: ID!) {
    endCasePack(patient: $patient, link: $link)
  }
`);
