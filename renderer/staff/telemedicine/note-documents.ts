/** What the notes ask of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment NoteParts on TeleNote {
    id
    patient
    version
    participants
    modality
    place
    consentToTreatment
    assessment
    plan
    startedAt
    signedBy
    signedAt
    amendmentReason
    text
    progress
  }
`);

export const notesOf = graphql(`
  query NotesOf($patient: ID!) {
    teleNotes(patient: $patient) {
      ...NoteParts
    }
  }
`);

export const noteText = graphql(`
  query NoteText($input: TeleNoteInput!) {
    teleNoteText(input: $input)
  }
`);

export const signNote = graphql(`
  mutation SignNote($input: TeleNoteInput!, $passphrase: String!) {
    signTeleNote(input: $input, passphrase: $passphrase) {
      ...NoteParts
    }
  }
`);

export const nameOf = graphql(`
  query NameOf($patient: ID!) {
    patient(id: $patient) {
      id
      name
      shared
    }
  }
`);
