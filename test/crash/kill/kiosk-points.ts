/** Points at which a patient at a kiosk is left alone: kiosk, the desk that takes in what they signed, and the hub that counts PINs, at once. */
import { after, before, during, type Point } from './point.ts';

const COUNTER = 'server/care-card/try-counter.ts';
const KIOSK = 'server/workstation/kiosk/kiosk-service.ts';
const FILES = 'server/kiosk/kiosk.ts';
const GUARDIANS = 'server/care-card/guardians.ts';
const LINKS = 'server/workstation/kiosk/own-links.ts';
const OFFERS = 'server/workstation/kiosk/own-offers.ts';
const JOINED = "await record([{ type: 'offer.joined', handle: row.handle, body: encode(offerWordBody, { ...said, proof }) }]);";
const LEFT =
  "await record([{ type: 'offer.left', handle: fromHex(joined.handle), body: encode(offerWordBody, { ...said, proof }) }]);";
const LETTER = "await record([], [letters.seal('link', utf8(JSON.stringify(letter)), now)]);";
const RECORD = 'await this.#sync.ledger.commit({ events, documents });';

export const KIOSK_POINTS: Readonly<Record<string, Point>> = {
  // --- A PIN --------------------------------------------------------------------------------------------------------
  'PIN: counted, not answered': {
    life: 'kiosk',
    act: 'pin',
    edit: before(COUNTER, 'return { value: pepperValue(pepper, ask), keeper, tried, left };'),
  },
  'PIN: looked at, not counted': {
    life: 'kiosk',
    act: 'pin',
    edit: before(COUNTER, 'if (!isRepeated) await writeCount(transaction, after);'),
  },
  'PIN: right, the count not cleared': {
    life: 'kiosk',
    act: 'pin',
    edit: before(COUNTER, 'if (tried > own.cleared) await writeCount(transaction, { ...own, cleared: tried, proof });'),
  },
  // --- What the patient signs ---------------------------------------------------------------------------------------
  'give: signed, not written': { life: 'kiosk', act: 'give', edit: before(KIOSK, RECORD) },
  'give: written, not acknowledged': { life: 'kiosk', act: 'give', edit: after(KIOSK, RECORD) },
  'give: within its writing': { life: 'kiosk', act: 'give', edit: during(KIOSK, RECORD.slice(0, -1)), within: 60 },
  'give: read by a desk, its keys not added': {
    life: 'kiosk',
    act: 'give',
    edit: before('server/consent/give-asked.ts', 'await putConsent(parts, prepared, { recordedAt: signed.time'),
  },
  'give: its keys added, the papers not told': {
    life: 'kiosk',
    act: 'give',
    edit: after(FILES, 'const given = await Promise.allSettled([giveAskedConsents(this.#parts)]);'),
  },
  'end: signed, not written': { life: 'kiosk', act: 'end', edit: before(KIOSK, RECORD) },
  'end: written, not acknowledged': { life: 'kiosk', act: 'end', edit: after(KIOSK, RECORD) },
  'request: signed, not written': { life: 'kiosk', act: 'request', edit: before(KIOSK, RECORD) },
  'request: written, not acknowledged': { life: 'kiosk', act: 'request', edit: after(KIOSK, RECORD) },
  'request: read by a desk, not taken in': {
    life: 'kiosk',
    act: 'request',
    edit: before('server/access/complaints.ts', 'await commit([this.#sealed(row)], await this.#shown(row));'),
  },
  'request: taken in, nobody told': {
    life: 'kiosk',
    act: 'request',
    edit: after('server/access/complaints.ts', 'await commit([this.#sealed(row)], await this.#shown(row));'),
  },
  // --- Carers and links ---------------------------------------------------------------------------------------------
  'carer: signed, not written': { life: 'kiosk', act: 'carer', edit: before(KIOSK, RECORD) },
  'carer: written, not acknowledged': { life: 'kiosk', act: 'carer', edit: after(KIOSK, RECORD) },
  'carer: read by a desk, not named': {
    life: 'kiosk',
    act: 'carer',
    edit: before(GUARDIANS, 'const known: KnownGuardian = {'),
  },
  'carer: named by a desk, nobody told': {
    life: 'kiosk',
    act: 'carer',
    edit: before(GUARDIANS, "context.notify({ patients: [patient.id, guardian.id], topics: ['cards'] });"),
  },
  'carer: ended, the keys not begun anew': {
    life: 'kiosk',
    act: 'carer',
    edit: before(GUARDIANS, 'await beginKeyEpochs(context, handles);'),
  },
  'carer: keys begun anew, not settled': {
    life: 'kiosk',
    act: 'carer',
    edit: after(GUARDIANS, 'await endPerson(this.#parts, known);'),
  },
  'link: at the hub, its letter not written': { life: 'kiosk', act: 'link', edit: before(LINKS, LETTER) },
  'link: its letter written, not shown': { life: 'kiosk', act: 'link', edit: after(LINKS, LETTER) },
  'link: ended at the hub, not acknowledged': {
    life: 'kiosk',
    act: 'link',
    edit: after(LINKS, "await this.#parts.askLinks({ operation: 'EndHealthLinks', variables: { links: [link] } });"),
  },
  'link: looked at by the hub, not stored': {
    life: 'kiosk',
    act: 'link',
    edit: before('server/hub/patients/health-links.ts', 'return writeLink(transaction, row, body);'),
  },
  // --- Research -----------------------------------------------------------------------------------------------------
  'offer: joined, not written': { life: 'kiosk', act: 'offer', edit: before(OFFERS, JOINED) },
  'offer: joined and written, not acknowledged': { life: 'kiosk', act: 'offer', edit: after(OFFERS, JOINED) },
  'offer: within its writing': { life: 'kiosk', act: 'offer', edit: during(KIOSK, RECORD.slice(0, -1)), within: 60 },
  'offer: left, not written': { life: 'kiosk', act: 'offer', edit: before(OFFERS, LEFT) },
  'offer: left and written, not acknowledged': { life: 'kiosk', act: 'offer', edit: after(OFFERS, LEFT) },
  // --- Papers and cards ---------------------------------------------------------------------------------------------
  'papers: to be written anew': {
    life: 'kiosk',
    act: 'papers',
    edit: before(FILES, 'if (stands !== print) await records.put(await this.#draft('),
  },
  'papers: written, not remembered': {
    life: 'kiosk',
    act: 'papers',
    edit: before(FILES, 'this.#written.set(entry.id, print);'),
  },
  'card: a new epoch of the box begun, no card made': {
    life: 'kiosk',
    act: 'card',
    edit: before('server/care-card/care-cards.ts', 'const box = await this.#keys.write(patient);'),
  },
  'card: made, not issued': {
    life: 'kiosk',
    act: 'card',
    edit: before(
      'server/care-card/care-cards.ts',
      'await context.gateway.commit({ events, rows: emergency.map(({ row }) => row) });',
    ),
  },
  'card: issued, not printed': {
    life: 'kiosk',
    act: 'card',
    edit: after(
      'server/care-card/care-cards.ts',
      'await context.gateway.commit({ events, rows: emergency.map(({ row }) => row) });',
    ),
  },
  'card: known to the kiosk, its box not followed': {
    life: 'kiosk',
    act: 'card',
    edit: before(KIOSK, 'if (boxes.length > 0) await ledger.commit({ followHandles: boxes });'),
  },
};
