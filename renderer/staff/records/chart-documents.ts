/** What the chart asks of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment ItemParts on ChartItem {
    id
    section
    resourceType
    title
    code
    codeSystem
    date
    status
    value
    unit
    low
    high
    detail
    version
    author
    recordedAt
    progress
    dispute
    waiting
    proposedBy
    disagreements {
      record
      words
      date
    }
  }
`);

graphql(`
  fragment ChartParts on Chart {
    merged {
      id
      name
      birthDate
    }
    openedAt
    purpose
    covered {
      id
      name
    }
    encounterNow
    categories
    patient {
      id
      name
      family
      given
      birthDate
      gender
      deceased
      deceasedAt
      phone
      city
      custodian
      custodianName
      shared
      mergedInto
      identifiers {
        system
        value
        type
      }
    }
    summary {
      allergies {
        ...ItemParts
      }
      problems {
        ...ItemParts
      }
      medications {
        ...ItemParts
      }
      vitals {
        ...ItemParts
      }
      encounters {
        ...ItemParts
      }
      orders {
        ...ItemParts
      }
      cautions {
        ...ItemParts
      }
    }
    sections {
      section
      count
    }
  }
`);

export const openChart = graphql(`
  mutation OpenChart($patient: ID!, $purpose: Purpose!, $covered: ID) {
    openChart(patient: $patient, purpose: $purpose, covered: $covered) {
      ...ChartParts
    }
  }
`);

export const soapNoteText = graphql(`
  query SoapNoteText($input: PutRecordInput!) {
    soapNoteText(input: $input)
  }
`);

export const signSoapNote = graphql(`
  mutation SignSoapNote($input: PutRecordInput!, $passphrase: String!) {
    signSoapNote(input: $input, passphrase: $passphrase) {
      id
      title
    }
  }
`);

export const formTemplates = graphql(`
  query FormTemplates($kind: String!) {
    formTemplates(kind: $kind) {
      name
      fields
    }
  }
`);

export const saveFormTemplate = graphql(`
  mutation SaveFormTemplate($input: FormTemplateInput!) {
    saveFormTemplate(input: $input) {
      name
    }
  }
`);

export const removeFormTemplate = graphql(`
  mutation RemoveFormTemplate($kind: String!, $name: String!) {
    removeFormTemplate(kind: $kind, name: $name) {
      name
    }
  }
`);

export const closeChart = graphql(`
  mutation CloseChart($patient: ID!) {
    closeChart(patient: $patient)
  }
`);

export const chartNow = graphql(`
  query ChartNow($patient: ID!) {
    chart(patient: $patient) {
      ...ChartParts
    }
  }
`);

export const sectionItems = graphql(`
  query SectionItems($patient: ID!, $section: Section, $search: String, $remote: Boolean!, $first: Int = 50, $after: String) {
    chart(patient: $patient) {
      patient {
        id
      }
      items(section: $section, search: $search, remote: $remote, first: $first, after: $after) {
        edges {
          cursor
          node {
            ...ItemParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`);

export const seriesCodes = graphql(`
  query SeriesCodes($patient: ID!) {
    chart(patient: $patient) {
      patient {
        id
      }
      seriesCodes {
        code
        title
        count
      }
    }
  }
`);

export const seriesOf = graphql(`
  query SeriesOf($patient: ID!, $code: String!) {
    chart(patient: $patient) {
      patient {
        id
      }
      series(code: $code) {
        code
        title
        unit
        ucum
        points {
          record
          date
          value
          unit
          ucum
          low
          high
        }
      }
    }
  }
`);

export const recordNow = graphql(`
  query RecordNow($patient: ID!, $id: ID!) {
    record(patient: $patient, id: $id) {
      item {
        ...ItemParts
      }
      resource
      undoable
      amendable
      disputable
      missingReferences
      history {
        version
        document
        author
        authorId
        at
        reason
        personallySigned
        importedFrom
        merge
        proposedBy {
          author
          clinic
          at
        }
        progress
        dispute
        resource
        position
        difference {
          path
          before
          after
        }
      }
    }
  }
`);

export const dispensingNow = graphql(`
  query DispensingNow($patient: ID!, $prescription: ID!) {
    dispensing(patient: $patient, prescription: $prescription) {
      prescription
      handed {
        record
        status
        amount {
          value
          unit
        }
        at
        expires
      }
    }
  }
`);

export const receiptOf = graphql(`
  query ReceiptOf($patient: ID!, $record: ID!, $version: Int) {
    receipt(patient: $patient, record: $record, version: $version) {
      json
      fileName
      witnessed
    }
  }
`);

export const putRecords = graphql(`
  mutation PutRecords($patient: ID!, $inputs: [PutRecordInput!]!) {
    putRecords(patient: $patient, inputs: $inputs) {
      ...ItemParts
    }
  }
`);

export const mergePatients = graphql(`
  mutation MergePatients($patient: ID!, $other: ID!, $reason: String!) {
    mergePatients(patient: $patient, other: $other, reason: $reason) {
      ...ChartParts
    }
  }
`);

export const unmergePatients = graphql(`
  mutation UnmergePatients($patient: ID!, $other: ID!, $reason: String!) {
    unmergePatients(patient: $patient, other: $other, reason: $reason) {
      ...ChartParts
    }
  }
`);

export const mergeCandidates = graphql(`
  query MergeCandidates($id: ID!) {
    patientDuplicates(id: $id) {
      probability
      evidence {
        field
        agreement
        weight
      }
      patient {
        ...MergedParts
      }
    }
  }
`);

graphql(`
  fragment MergedParts on Patient {
    id
    name
    birthDate
    gender
    city
    phone
    mergedInto
    shared
    identifiers {
      system
      value
      type
    }
  }
`);

export const mergedPatient = graphql(`
  query MergedPatient($id: ID!) {
    patient(id: $id) {
      ...MergedParts
    }
  }
`);

export const writerNow = graphql(`
  query WriterNow {
    workstation {
      signedIn {
        id
        name
        role
      }
    }
  }
`);
