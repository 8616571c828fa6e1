import type { ConsentWay, Modality, Resolvers, TeleConsent, TeleNote, TeleNoteInput } from '../graphql/generated/vault.ts';
import { documentProgress } from '../sync/progress.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import type { TeleConsents } from './tele-consents.ts';
import type { NoteForm, SignedNote, Telemedicine } from './telemedicine.ts';

export interface TelemedicineRequest extends Telemedicine {
  readonly vault: VaultContext;
}

export const telemedicineResolvers: Resolvers<TelemedicineRequest> = {
  Query: {
    teleNotes: async (_, { patient }, { vault, teleNotes }) => shown(vault, patient, await teleNotes.list(patient)),
    teleConsent: (_, { patient }, { teleConsents }) => consentOf(teleConsents, patient),
    teleNoteText: (_, { input }, { teleNotes }) => teleNotes.text(formOf(input)),
  },
  Mutation: {
    recordTeleConsent: async (_, { patient, given, way }, { teleConsents }) => {
      await teleConsents.record(patient, given, way.toLowerCase());
      return (await consentOf(teleConsents, patient)) as TeleConsent;
    },
    openCall: (_, { patient }, { videoCalls }) => videoCalls.open(patient),
    hearCall: async (_, { patient, call }, { videoCalls }) => {
      const { joined, signals } = await videoCalls.hear(patient, call);
      return { joined, signals: signals.map((signal) => ({ offer: null, sdp: null, ...signal, kind: KINDS[signal.kind] })) };
    },
    offerCall: (_, { patient, call, to, sdp }, { videoCalls }) => videoCalls.offer(patient, call, to, sdp),
    closeCall: async (_, { patient, call }, { videoCalls }) => {
      await videoCalls.close(patient, call);
      return true;
    },
    signTeleNote: async (_, { input, passphrase }, { vault, teleNotes }) => {
      const [note] = await shown(vault, input.patient, [await teleNotes.sign(formOf(input), passphrase)]);
      return note as TeleNote;
    },
  },
};

const KINDS = { hello: 'HELLO', answer: 'ANSWER', bye: 'BYE' } as const;

async function consentOf(consents: TeleConsents, patient: string): Promise<TeleConsent | null> {
  const newest = await consents.newest(patient);
  return newest ? { ...newest, patient, way: newest.way.toUpperCase() as ConsentWay } : null;
}

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
