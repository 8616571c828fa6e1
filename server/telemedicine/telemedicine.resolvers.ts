import type { Modality, Resolvers, TeleNote, TeleNoteInput } from '../graphql/generated/vault.ts';
import { documentProgress } from '../sync/progress.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import type { NoteForm, SignedNote, TeleNotes } from './telemedicine.ts';

export interface TelemedicineRequest {
  readonly vault: VaultContext;
  readonly teleNotes: TeleNotes;
}

export const telemedicineResolvers: Resolvers<TelemedicineRequest> = {
  Query: {
    teleNotes: async (_, { patient }, { vault, teleNotes }) => shown(vault, patient, await teleNotes.list(patient)),
    teleNoteText: (_, { input }, { teleNotes }) => teleNotes.text(formOf(input)),
  },
  Mutation: {
    signTeleNote: async (_, { input, passphrase }, { vault, teleNotes }) => {
      const [note] = await shown(vault, input.patient, [await teleNotes.sign(formOf(input), passphrase)]);
      return note as TeleNote;
    },
  },
};

const formOf = (input: TeleNoteInput): NoteForm => ({ ...input, modality: input.modality.toLowerCase() });

async function shown(vault: VaultContext, patient: string, notes: readonly SignedNote[]): Promise<TeleNote[]> {
  const progress = await documentProgress(
    vault.reader,
    notes.map(({ version }) => version.document),
  );
  return notes.map(({ entry, version, note }) => ({
    id: entry.record,
    patient,
    version: version.version,
    participants: [...note.participants],
    modality: note.modality.toUpperCase() as Modality,
    place: note.place,
    consentToTreatment: note.consentToTreatment,
    assessment: note.assessment,
    plan: note.plan,
    startedAt: note.startedAt,
    signedBy: version.authorName,
    signedAt: version.time,
    amendmentReason: note.amendmentReason ?? null,
    text: note.text,
    progress: progress.get(version.document) ?? 'SAVED',
  }));
}
