/** What the import screen asks of the vault. */
import { graphql } from '../../../generated/gql.ts';

graphql(`
  fragment ImportParts on ImportJob {
    id
    state
    here
    startedAt
    bytesRead
    bytesTotal
    currentFile
    accepted
    alreadyPresent
    refusedCount
    patients
    missingReferenceCount
    problem {
      code
      message
      details {
        name
        value
      }
    }
    dryRun
    alikeCount
  }
`);

export const importJobs = graphql(`
  query ImportJobs {
    importJobs {
      ...ImportParts
    }
  }
`);

export const importJobNow = graphql(`
  query ImportJobNow($id: ID!) {
    importJob(id: $id) {
      ...ImportParts
    }
  }
`);

export const importReport = graphql(`
  query ImportReport($id: ID!, $first: Int!) {
    importJob(id: $id) {
      ...ImportParts
      refused(first: $first) {
        file
        line
        path
        code
        message
      }
      doubts(first: $first) {
        file
        line
        path
        code
        message
      }
      doubtCount
      missingReferences(first: $first)
      ignored
      undo {
        ...UndoParts
      }
      people(first: $first) {
        file
        line
        name
        birthDate
        isNew
        alike {
          probability
          patient {
            id
            name
            birthDate
          }
        }
      }
    }
  }
`);

graphql(`
  fragment UndoParts on ImportUndo {
    marked
    restored
    people
    leftCount
    left(first: 200) {
      name
      resourceType
      title
      reason
    }
  }
`);

export const importUndoPlan = graphql(`
  query ImportUndoPlan($id: ID!) {
    importUndo(id: $id) {
      ...UndoParts
    }
  }
`);

export const takeImportBack = graphql(`
  mutation TakeImportBack($id: ID!, $reason: String!) {
    takeImportBack(id: $id, reason: $reason) {
      ...ImportParts
    }
  }
`);

export const csvMappings = graphql(`
  query CsvMappings {
    csvMappings
  }
`);

export const csvPreview = graphql(`
  query CsvPreview($file: String!, $data: String, $mapping: String) {
    csvPreview(file: $file, data: $data, mapping: $mapping) {
      foreignLine
      columns
      delimiter
      rows
      resources
      refused {
        line
        path
        code
        message
      }
    }
  }
`);

export const saveCsvMapping = graphql(`
  mutation SaveCsvMapping($mapping: String!) {
    saveCsvMapping(mapping: $mapping)
  }
`);

export const importProgress = graphql(`
  subscription ImportProgress($id: ID!) {
    importProgress(id: $id) {
      ...ImportParts
    }
  }
`);

export const importPaths = graphql(`
  mutation ImportPaths($paths: [String!]!, $dryRun: Boolean!, $csvMapping: String) {
    importPaths(paths: $paths, dryRun: $dryRun, csvMapping: $csvMapping) {
      ...ImportParts
    }
  }
`);

export const importText = graphql(`
  mutation ImportText(
    $job: ID
    $file: String!
    $firstLine: Int!
    $text: String!
    $base64: Boolean
    $last: Boolean!
    $finish: Boolean!
    $dryRun: Boolean!
    $csvMapping: String
  ) {
    importText(
      job: $job
      file: $file
      firstLine: $firstLine
      text: $text
      base64: $base64
      last: $last
      finish: $finish
      dryRun: $dryRun
      csvMapping: $csvMapping
    ) {
      ...ImportParts
    }
  }
`);

export const importFile = graphql(`
  mutation ImportFile($job: ID, $file: String!, $size: Float!, $index: Int!, $data: String!) {
    importFile(job: $job, file: $file, size: $size, index: $index, data: $data) {
      ...ImportParts
    }
  }
`);

export const importAfterDryRun = graphql(`
  mutation ImportAfterDryRun($id: ID!) {
    importAfterDryRun(id: $id) {
      ...ImportParts
    }
  }
`);

export const cancelImport = graphql(`
  mutation CancelImport($id: ID!) {
    cancelImport(id: $id) {
      ...ImportParts
    }
  }
`);

export const resumeImport = graphql(`
  mutation ResumeImport($id: ID!) {
    resumeImport(id: $id) {
      ...ImportParts
    }
  }
`);
