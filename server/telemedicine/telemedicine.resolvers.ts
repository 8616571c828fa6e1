import type {
  ConsentWay,
  Consult,
  Modality,
  Resolvers,
  TeleConsent,
  TeleNote,
  TeleNoteInput,
} from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { documentProgress } from '../sync/vault-context/progress.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import type { ShownConsult } from './consult-letters.ts';
import type { TeleConsents } from './tele-consents.ts';
import type { NoteForm, SignedNote, Telemedicine } from './telemedicine.ts';

interface TelemedicineRequest extends Telemedicine {
  readonly vault: VaultContext;
}

export const telemedicineResolvers: Resolvers<TelemedicineRequest> = {
  Query: {
    teleNotes: async (_, { patient }, { vault, teleNotes }) => shown(vault, patient, await teleNotes.list(patient)),
    casePacks: async (_, { patient }, { casePacks }) =>
      (await casePacks.of(patient)).map((pack) => ({ ...pack, openedAt: pack.openedAt ?? null })),
    consultsOf: async (_, { patient }, { vault, consultLetters }) => consultsOf(vault, await consultLetters.of(patient)),
    consultsReceived: async (_, __, { vault, consultLetters }) => consultsOf(vault, await consultLetters.received()),
    consultPicture: async (_, { consult, index }, { consultLetters }) => (await consultLetters.picture(consult, index)).data,
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
    makeCasePack: async (_, { input, passphrase }, { casePacks }) => {
      const { url, code } = await casePacks.make(input, passphrase);
      return { url, code };
    },
    endCasePack: async (_, { patient, link }, { casePacks }) => {
      await casePacks.end(patient, link);
      return true;
    },
    askConsult: async (_, { input, passphrase }, { vault, consultLetters }) =>
      consultOf(vault, await consultLetters.ask(input, passphrase)),
    answerConsult: async (_, { consult, answer, passphrase }, { vault, consultLetters }) =>
      consultOf(vault, await consultLetters.answer(consult, answer, passphrase)),
    fileConsult: async (_, { patient, consult }, { vault, consultLetters }) =>
      consultOf(vault, await consultLetters.file(patient, consult)),
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

async function consultsOf({ gateway }: VaultContext, shown: readonly ShownConsult[]): Promise<Consult[]> {
  const names = await clinicNames(
    gateway,
    shown.map(({ stored }) => stored.clinic),
  );
  return shown.map(({ stored, content }) => ({
    id: stored.id,
    clinic: names.get(stored.clinic) ?? stored.clinic,
    at: stored.at,
    complete: content !== undefined,
    patientName: content?.patient.name ?? '',
    birthDate: content?.patient.birthDate ?? '',
    question: content?.question ?? '',
    askedBy: content?.askedBy ?? '',
    parts: (content?.parts ?? []).map(({ section, title, date, value }) => ({ section, title, date, value })),
    pictures: (content?.pictures ?? []).map(({ name, type }) => ({ name, type })),
    answer: stored.answer ? { text: stored.answer.text, by: stored.answer.by, at: stored.answer.at } : null,
    filed: stored.filed !== undefined,
  }));
}

const consultOf = async (vault: VaultContext, shown: ShownConsult): Promise<Consult> =>
  (await consultsOf(vault, [shown]))[0] as Consult;

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
