/** What the patient of `kiosk-patient.ts` is answered and does in one session at the stand: the next screen shows what the last one did. */
import type { OwnWish } from '../../server/workstation/kiosk/own-giving.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  answered,
  benefits,
  carer,
  carerTextIn,
  consent,
  DAY,
  given,
  guardian,
  guardiansLink,
  link,
  NOW,
  offer,
  otherConsents,
  papers,
  possibleReaders,
  RECEIPT,
  readings,
  readingsProof,
  textOf,
  ward,
} from './kiosk-patient.ts';

/** A patient of whom there is nothing yet. */
const NOTHING = {
  wards: () => [],
  guardians: () => [],
  readings: () => ({ readings: [], next: null, total: 0, persons: 0, machines: 0, emergencies: 0, provedUntil: null }),
  readingsProof: () => ({ verdict: 'WAITS', provedUntil: null, proved: 0, unproved: 0, logs: [] }),
  consents: () => [],
  whoCouldOpen: () => [],
  recipients: () => [],
  offers: () => [],
  requests: () => [],
  healthLinks: () => ({ offered: false, links: [] }),
  papers: () => ({ summary: [], export: '{}', exportLeftOut: 0, internationalSummary: '{}', certificates: [] }),
};

// Resolvers take what each of them takes.
type Answers = Readonly<Record<string, (...asked: never[]) => unknown>>;

/** The same answers, unless there is a code with which they are refused. */
const refusing = (answers: Answers, code: () => string | undefined): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (...asked: never[]) => {
        const refusal = code();
        if (refusal && name !== 'actFor') throw new Failure(refusal, 'Refused.');
        return answer(...asked);
      },
    ]),
  );

export class KioskSession {
  /** Later papers are on their way. */
  areLate = false;
  /** Nobody has read, asked, offered or been named anything yet, and what has to be asked elsewhere is away. */
  isEmpty = false;
  /** The code with which every question, or every signature, is refused. */
  refuses: { readonly asked?: string; readonly signed?: string } = {};
  #isActing = false;
  #isConfirmed = false;
  #hasGiven = false;
  #isWithdrawn = false;
  #hasJoined = false;
  #isGuardianDismissed = false;
  #isCarerNamed = false;
  readonly #requests: object[] = [answered];
  readonly #links: Array<Omit<typeof link, 'madeBy'> & { readonly madeBy: string | null }> = [];

  #me() {
    return {
      name: this.#isActing ? ward.name : 'María del Carmen Canary',
      birthDate: '1948-03-05',
      clinic: 'Praxis am Markt',
      asOf: this.areLate ? NOW - 10 * DAY : NOW,
      newerOnItsWay: this.areLate,
      actedForBy: this.#isActing ? 'María del Carmen Canary' : null,
      mayConsent: true,
      // Who is acted for has died.
      mayGive: !this.#isActing,
      mayComplain: true,
    };
  }

  #offer() {
    return this.#hasJoined ? { ...offer, joined: true, since: NOW - 10 * DAY, benefits } : offer;
  }

  #signedBy() {
    return this.#isConfirmed ? 'PATIENT' : 'CLINIC';
  }

  /** Resolvers of `shared/kiosk/patient`. */
  get resolvers() {
    const { me } = this.#queries;
    const asked = { ...this.#queries, ...(this.isEmpty && NOTHING), me };
    return { Query: refusing(asked, () => this.refuses.asked), Mutation: refusing(this.#mutations, () => this.refuses.signed) };
  }

  readonly #queries = {
    me: () => this.#me(),
    wards: () => [ward],
    guardians: () => [...(this.#isGuardianDismissed ? [] : [guardian]), ...(this.#isCarerNamed ? [carer] : [])],
    carerText: (_: unknown, { wish }: { wish: { language: string } }) => ({
      text: carerTextIn(wish.language as 'en'),
      language: wish.language,
      hash: 'cd'.repeat(32),
    }),
    readings: (_: unknown, { filter }: { filter?: string }) => ({
      readings: readings.filter(
        ({ machine, emergency }) => !filter || (filter === 'MACHINES' ? machine : filter === 'EMERGENCY' ? emergency : !machine),
      ),
      next: null,
      total: 3,
      persons: 2,
      machines: 1,
      emergencies: 1,
      provedUntil: NOW - 2 * DAY,
    }),
    readingsProof: () => readingsProof,
    consents: () => [
      {
        ...consent,
        signedBy: this.#signedBy(),
        ...(this.#isWithdrawn && { state: 'WITHDRAWN', reach: 'HERE', withdrawnAt: NOW }),
      },
      ...(this.#hasGiven ? [given] : []),
      ...otherConsents,
    ],
    whoCouldOpen: () => possibleReaders,
    recipients: () => [
      { chain: 'aa', name: consent.recipient, research: false },
      { chain: 'bb', name: 'University institute', research: true },
    ],
    consentText: (_: unknown, { wish }: { wish: OwnWish }) => ({ ...consent, language: wish.language, text: textOf(wish) }),
    offers: () => [this.#offer()],
    readingsReceipt: () => RECEIPT,
    consentProof: () => RECEIPT,
    benefitReceipt: () => RECEIPT,
    requests: () => this.#requests,
    healthLinks: () => ({ offered: true, links: this.#links }),
    videoVisit: () => null,
    papers: () => papers,
  };

  readonly #mutations = {
    actFor: (_: unknown, { ward: chosenWard }: { ward: string | null }) => {
      this.#isActing = chosenWard !== null;
      return this.#me();
    },
    leaveWard: () => [],
    nameCarer: () => {
      this.#isCarerNamed = true;
      return [carer];
    },
    endGuardian: () => {
      this.#isGuardianDismissed = true;
      return [];
    },
    giveConsent: () => {
      this.#hasGiven = true;
      return given;
    },
    withdrawConsent: () => {
      this.#isWithdrawn = true;
      return { ...consent, state: 'WITHDRAWN', reach: 'HERE', withdrawnAt: NOW };
    },
    confirmConsent: (_: unknown, { hash }: { hash: string }) => {
      this.#isConfirmed = hash === consent.hash;
      return { ...consent, reach: 'HERE', signedBy: this.#signedBy() };
    },
    sendRequest: (_: unknown, { about, words }: { about: string; words: string }) => {
      const request = { ...answered, id: String(this.#requests.length), about, words, received: false, answer: null };
      this.#requests.unshift(request);
      return request;
    },
    makeHealthLink: (_: unknown, { parts, passcode }: { parts: string[]; passcode: boolean }) => {
      this.#links.unshift({ ...link, parts, passcode });
      this.#links.push(guardiansLink);
      return { link: this.#links[0], passcode: passcode ? '048271' : '' };
    },
    endHealthLink: () => {
      for (const each of this.#links) if (each.madeBy === null) each.state = 'ENDED';
      return { offered: true, links: this.#links };
    },
    joinOffer: () => {
      this.#hasJoined = true;
      return this.#offer();
    },
    leaveOffer: () => offer,
  };
}
