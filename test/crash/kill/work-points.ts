/** Points at which a desk or a region dies over acts of several parts: merges, files, consults, rewards, witnesses, the hub's administrators. */
import { after, before, during, type Point } from './point.ts';

const ATTACHMENTS = 'server/records/attachments.ts';
const CONSULTS = 'server/telemedicine/consult-letters.ts';
const BENEFITS = 'server/marketplace/benefits.ts';
const POLICY = 'server/staff/region-policy.ts';
const ADMINISTRATORS = 'server/hub/fleet/administrators.ts';
const ROUND = 'server/sync/sync-round.ts';
const GO_BACK = 'server/sync/download/go-back.ts';
const MERGE = 'server/records/merge-patients.ts';

export const WORK_POINTS: Readonly<Record<string, Point>> = {
  // --- Two charts of one patient -------------------------------------------------------------------------------------
  'merge: both charts open, nothing amended': {
    life: 'desk',
    act: 'merge',
    edit: before(MERGE, 'await amendPatient(parts, replaced, said(reason), (text) => withReplacedBy(text, into.id));'),
  },
  'merge: stored, not acknowledged': {
    life: 'desk',
    act: 'merge',
    edit: after(MERGE, 'await amendPatient(parts, replaced, said(reason), (text) => withReplacedBy(text, into.id));'),
  },
  'merge taken back: stored, not acknowledged': {
    life: 'desk',
    act: 'merge',
    edit: after(
      MERGE,
      'await amendPatient(parts, patients.known(member.id), said(reason), (text) => withoutReplacedBy(text, replacing));',
    ),
  },

  // --- Files -----------------------------------------------------------------------------------------------------------
  'file: begun, no piece here': {
    life: 'desk',
    act: 'attach',
    edit: before(ATTACHMENTS, 'return stateOf(upload);\n  }\n\n  /**\n   * Seals and keeps'),
  },
  'file: in the middle of a piece': {
    life: 'desk',
    act: 'attach',
    edit: during(ATTACHMENTS, 'gateway.commit({ documents: [{ ...piece, isHeld: true }], rows: [this.#row(next)] })'),
    within: 5,
  },
  'file: a piece stored, not answered': { life: 'desk', act: 'attach', edit: before(ATTACHMENTS, 'return stateOf(next);') },
  'file: whole, no record names it': {
    life: 'desk',
    act: 'attach',
    edit: before(ATTACHMENTS, 'const resource = writeAttachment('),
  },

  // --- Consults by letter ------------------------------------------------------------------------------------------------
  'consult: access line durable, nothing posted': {
    life: 'region',
    act: 'consult',
    edit: before(CONSULTS, 'const rows = [this.#rows.row(stored), ...this.#rows.pieces('),
  },
  'consult: letter opened, not taken in': {
    life: 'region',
    act: 'consult',
    edit: before(CONSULTS, 'await context.gateway.commit({ handledMessages: [message.sequence], rows: received ==='),
  },
  'consult: answer signed and posted, not acknowledged': {
    life: 'region',
    act: 'consult',
    edit: before(CONSULTS, "context.notify({ topics: ['consults'] });\n    return { stored: next, content };"),
  },
  'consult: answer in the chart, not acknowledged': {
    life: 'region',
    act: 'consult',
    edit: before(CONSULTS, "context.notify({ patients: [patient], topics: ['consults'] });"),
  },

  // --- Rewards -------------------------------------------------------------------------------------------------------------
  'reward: words sealed, nothing committed': {
    life: 'region',
    act: 'reward',
    edit: before(BENEFITS, 'await this.#context.gateway.commit(write);'),
  },
  'reward: committed, not acknowledged': {
    life: 'region',
    act: 'reward',
    edit: after(BENEFITS, 'await this.#context.gateway.commit(write);'),
  },
  'reward: letter opened, not taken in': {
    life: 'region',
    act: 'reward',
    edit: before(
      'server/marketplace/benefit-words.ts',
      'await this.#context.gateway.commit({ handledMessages: [letter.sequence], rows });',
    ),
  },

  // --- Who witnesses, and who administers the hub --------------------------------------------------------------------------
  'witnesses: offer at the hub, not answered': {
    life: 'region',
    act: 'witnesses',
    edit: after(
      'server/hub/fleet/policy-papers.ts',
      'await this.#options.database.write((transaction) => writeOffer(transaction, chain, bytes));',
    ),
  },
  'witnesses: signed, neither proposed nor written': {
    life: 'region',
    act: 'witnesses',
    edit: before(POLICY, 'if (fault === undefined)\n    await gateway.commit('),
  },
  'witnesses: proposed or written, not acknowledged': {
    life: 'region',
    act: 'witnesses',
    edit: before(POLICY, "context.notify({ topics: ['region'] });"),
  },
  'witnesses: in the ledger, the hub does not go by it yet': {
    life: 'region',
    act: 'witnesses',
    edit: {
      file: 'server/hub/sequencer/sequencer.ts',
      find: 'for (const act of page.acts ?? []) policies.apply(act);',
      replace: 'if (page.acts?.length) globalThis.crash?.passes();\n    for (const act of page.acts ?? []) policies.apply(act);',
    },
  },
  'witnesses: on a replica, which does not go by it yet': {
    life: 'region',
    act: 'witnesses',
    edit: {
      file: 'server/sync/witness/region-policies.ts',
      find: 'for (const act of acts) this.#book.apply(act);',
      replace: 'if (acts.length > 0) globalThis.crash?.passes();\n    for (const act of acts) this.#book.apply(act);',
    },
  },
  'quarantine: written, the hub does not go by it yet': {
    life: 'region',
    act: 'quarantine',
    edit: before(ADMINISTRATORS, 'const before = this.#standings;'),
  },
  'quarantine: signed, in the middle of its transaction': {
    life: 'region',
    act: 'quarantine',
    edit: after(ADMINISTRATORS, 'await writeAct(transaction, { sequence, bytes }, { kind, subject, value: after });'),
  },
  'rebaseline: rows and nodes taken away, none made anew': {
    life: 'region',
    act: 'rebaseline',
    atOnce: true,
    edit: after(GO_BACK, 'await clearVerdicts(transaction);'),
  },
  'rebaseline: the replica made anew, not noted as done': {
    life: 'region',
    act: 'rebaseline',
    atOnce: true,
    edit: before(ROUND, 'await this.#telling.done(order);'),
  },
  'rebaseline: noted as done, the hub not told': {
    life: 'region',
    act: 'rebaseline',
    atOnce: true,
    edit: after(ROUND, 'await this.#telling.done(order);'),
  },
};
