/**
 * What answers a threat of docs/security.md, taken out of the program: the test that the row names must fail then. `npm run
 * test:breakages -- security` tries all of them, each in a run of its own, over sources that are edited as Vite reads them.
 */
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { type Edit, edited } from '../support/broken-source.ts';

interface Breakage {
  /** As docs/security.md names it. */
  readonly threat: string;
  readonly edits: readonly Edit[];
  /** Runs in the process of vitest: a process that it starts is not edited. */
  readonly test: string;
}

const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });

export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'ciphertext that is bound to no place': {
    threat: 'K3',
    edits: [
      edit('server/vault/primitives.ts', '  decipher.setAAD(associated);\n', ''),
      edit('server/vault/primitives.ts', '  cipher.setAAD(associated);\n', ''),
    ],
    test: 'test/vault/sealed-documents-open-only-in-place.test.ts',
  },
  'a key without bounds': {
    threat: 'K4',
    edits: [edit('server/vault/unlocked-key-store.ts', 'const USES_LIMIT = 2 ** 32;', 'const USES_LIMIT = 2 ** 52;')],
    test: 'test/vault/key-store-opens-to-nobody-else.test.ts',
  },
  'deleted bytes that stay': {
    threat: 'K5',
    edits: [edit('server/storage/database.ts', "['secure_delete', 'ON', 1]", "['secure_delete', 'OFF', 0]")],
    test: 'test/storage/erased-bytes-are-gone.test.ts',
  },
  'padding that leaves lengths as they are': {
    threat: 'K9',
    edits: [
      edit(
        'shared/vault/padding.ts',
        '  if (length <= SMALLEST_BUCKET) return SMALLEST_BUCKET;',
        '  if (length >= 0) return length;',
      ),
    ],
    test: 'test/vault/sealed-documents-open-only-in-place.test.ts',
  },
  'a grant about a patient whom another clinic keeps': {
    threat: 'K10',
    edits: [edit('server/consent/receive-grants.ts', '  if (before && before.custodian !== custodian) throw refused();\n', '')],
    test: 'test/consent/grants-from-the-wrong-hands.test.ts',
  },
  'a library that is asked nothing at the start': {
    threat: 'K11',
    edits: [
      edit(
        'server/vault/known-answers.ts',
        '    if (await answers(holds)) continue;',
        '    if ((await answers(holds)) || primitive.length > 0) continue;',
      ),
    ],
    test: 'test/vault/a-library-that-decides-otherwise-stops-the-start.test.ts',
  },
  'a lock that leaves keys in memory': {
    threat: 'K7',
    edits: [edit('server/vault/unlocked-key-store.ts', '    this.#compartments.clear();\n', '')],
    test: 'test/vault/key-store-opens-to-nobody-else.test.ts',
  },
  'documents of an erased compartment that come late': {
    threat: 'K6',
    edits: [edit('server/sync/erased.store.ts', 'SELECT RAISE(IGNORE); END;', 'SELECT 1; END;')],
    test: 'test/erasure/erased-is-gone-here-and-there.test.ts',
  },
  'a state that nobody compares': {
    threat: 'L6',
    edits: [
      edit(
        'server/sync/replica.ts',
        '    if (target.state && state && state.size === target.state.size && !equalBytes(state.root, target.state.root)) {',
        '    if (target.state && state && state.size < 0) {',
      ),
      edit(
        'server/sync/download/state-at-interval.ts',
        '  if (signed && !equalBytes(root, signed.root))',
        '  if (signed && root.length === 0)',
      ),
    ],
    test: 'test/sync/own-acts-wait-and-settle.test.ts',
  },
  'a ledger that stands still and alarms nobody': {
    threat: 'L5',
    edits: [
      edit(
        'server/sync/evidence/evidence-book.ts',
        'const age = witnessedAt === undefined ? undefined : frozenFor(witnessedAt, now, isConnected);',
        'const age = witnessedAt === undefined || now > 0 ? undefined : frozenFor(witnessedAt, now, isConnected);',
      ),
    ],
    test: 'test/attack/evidence-is-judged-alike.test.ts',
  },
  'a wrong clock that nobody is shown': {
    threat: 'D3',
    edits: [
      edit(
        'shared/sync/clock-skew.ts',
        '  return Math.abs(skew) > SKEW_SHOWN_MS ? skew : undefined;',
        '  return Math.abs(skew) > SKEW_SHOWN_MS * 1e9 ? skew : undefined;',
      ),
    ],
    test: 'test/sync/a-wrong-clock-is-shown.test.ts',
  },
  'a repeated block that counts again': {
    threat: 'D3',
    edits: [
      edit(
        'shared/ledger/admission.ts',
        '    if (block.height === head.height && equalBytes(head.hash, hash))\n',
        '    if (block.height < 0 && equalBytes(head.hash, hash))\n',
      ),
    ],
    test: 'test/ledger/admission-keeps-order.test.ts',
  },
  'an erasure that the hub overlooks': {
    threat: 'K6',
    edits: [
      edit('server/hub/relay/relay.ts', 'if (erased.length > 0) await eraseAtHub(transaction, erased);', 'void eraseAtHub;'),
    ],
    test: 'test/hub/an-erased-compartment-leaves-the-hub.test.ts',
  },
  'recovery shares of anybody': {
    threat: 'K8',
    edits: [
      edit(
        'server/vault/recovery-shares.ts',
        'if (!isOurs || !equalBytes(share.statement.chain, clinic.chain)) throw foreign(share.holder);',
        'if (!isOurs && share.index < 0) throw foreign(share.holder);',
      ),
    ],
    test: 'test/vault/recovery-shares-name-their-holder.test.ts',
  },
  'a block that follows any other': {
    threat: 'L1',
    edits: [
      edit('shared/ledger/admission.ts', 'if (!equalBytes(block.previous, head.hash))', 'if (block.previous.length !== 32)'),
    ],
    test: 'test/ledger/admission-keeps-order.test.ts',
  },
  'signatures of people that nobody checks': {
    threat: 'L1',
    edits: [edit('shared/ledger/admission.ts', 'if (personal.length > 0)', 'if (personal.length > 64)')],
    test: 'test/hub/refuses-one-block-and-not-its-neighbours.test.ts',
  },
  'a clinic that one clinic lets in': {
    threat: 'L3',
    edits: [
      edit(
        'shared/ledger/enrolment-rules.ts',
        'approvingClinics(policy, approving).length < approvalsNeeded(policy)',
        'approvingClinics(policy, approving).length < Math.min(1, approvalsNeeded(policy))',
      ),
    ],
    test: 'test/ledger/enrolment-is-earned.test.ts',
  },
  'a witness whose clinic a thief names a key for': {
    threat: 'L3',
    edits: [
      edit('shared/ledger/policy-rules.ts', "return foreign ? 'policy-consent-foreign' : undefined;", 'return void foreign;'),
    ],
    test: 'test/ledger/policies-need-the-quorum.test.ts',
  },
  'a witness that signs whatever comes': {
    threat: 'L4',
    edits: [
      edit(
        'server/sync/witness/cosigning.ts',
        'if (memory.knows && memory.newest) await this.#checkExtends(memory.newest, checkpoint);',
        '',
      ),
      edit('server/sync/witness/cosigning.ts', 'if (before) await this.#checkExtends(before, checkpoint);', ''),
    ],
    test: 'test/attack/a-restored-witness-signs-no-fork.test.ts',
  },
  'a replica that lets the hub go back': {
    threat: 'L5',
    edits: [
      edit('server/sync/replica.ts', 'if (target.size < Math.max(this.provedSize, last?.size ?? 0))', 'if (target.size < 0)'),
    ],
    test: 'test/sync/a-lying-hub-is-caught.test.ts',
  },
  'a snapshot that nobody vouches for': {
    threat: 'L6',
    edits: [
      edit(
        'server/sync/download/snapshot.ts',
        'return found.by.includes(ownChain) || (witnesses >= SPLIT_VIEW_WITNESSES && found.witnessed);',
        'return witnesses >= 0 && (found.by.includes(ownChain) || SPLIT_VIEW_WITNESSES > 0);',
      ),
    ],
    test: 'test/sync/a-snapshot-is-vouched-for.test.ts',
  },
  'evidence that is judged by rules of another place': {
    threat: 'L6',
    edits: [
      edit(
        'server/ledger/replay.ts',
        'this.#active ??= await this.#activeRules();',
        'this.#active ??= this.#rules; void this.#activeRules;',
      ),
    ],
    test: 'test/sync/a-stolen-kiosk-speaks-for-no-desk.test.ts',
  },
  'a hub that stores behind a head that is not its own': {
    threat: 'L7',
    edits: [
      edit(
        'server/hub/sequencer/sequencer.ts',
        'if (stored?.size !== this.#head.size || !equalBytes(stored.effects, this.#head.effects)) throw MOVED;',
        'if (stored && stored.size < 0 && equalBytes(stored.effects, this.#head.effects)) throw MOVED;',
      ),
    ],
    test: 'test/hub/sequencer-keeps-its-head.test.ts',
  },
  'two blocks at one height': {
    threat: 'C1',
    edits: [edit('shared/ledger/admission.ts', 'if (block.height <= head.height) {', 'if (block.height < head.height) {')],
    test: 'test/ledger/admission-keeps-order.test.ts',
  },
  'a person who was let go and acts on': {
    threat: 'C2',
    edits: [
      edit(
        'shared/ledger/rules.ts',
        "return staff.revoked ? { verdict: 'refused', reason: 'author-revoked' } : undefined;",
        'return undefined;',
      ),
    ],
    test: 'test/ledger/enrolment-is-earned.test.ts',
  },
  'a stolen kiosk that speaks for its clinic': {
    threat: 'C2',
    edits: [edit('shared/kiosk/desk-rules.ts', "device.kind !== 'workstation'", "device.kind === 'gateway'")],
    test: 'test/sync/a-stolen-kiosk-speaks-for-no-desk.test.ts',
  },
  'a category begun twice of which a consent opens one compartment': {
    threat: 'C3',
    edits: [edit('server/consent/consent.ts', '        () => settleDoubled(this.#parts),\n', '')],
    test: 'test/consent/a-consent-opens-all-of-a-doubled-category.test.ts',
  },
  'a withdrawal that changes nothing': {
    threat: 'C3',
    edits: [edit('shared/consent/consent-rules.ts', '{ ...grant, withdrawn: true }', '{ ...grant, withdrawn: false }')],
    test: 'test/consent/grants-are-rights.test.ts',
  },
  'a chart that opens without its line': {
    threat: 'C5',
    edits: [
      edit(
        'server/records/open-charts.ts',
        'const line = await this.#access.note(patient, action, purpose, { categories, ...(covered && { detail: covered.name }) });',
        'const line = await this.#access.note(patient, action, purpose, { categories }).catch(() => ({ at: 0 }));',
      ),
    ],
    test: 'test/access/chart-opens-only-with-a-line.test.ts',
  },
  'mail without a quota': {
    threat: 'C6',
    edits: [edit('server/hub/relay/relay.ts', 'joining: { count: 20,', 'joining: { count: 20_000,')],
    test: 'test/hub/mail-has-its-quota.test.ts',
  },
  'a revoked device that is answered': {
    threat: 'C7',
    edits: [edit('server/hub/line/callers.ts', 'if (known?.revoked)', 'if (known?.revoked && device.length === 0)')],
    test: 'test/hub/only-certified-devices-are-answered.test.ts',
  },
  'commits that wait for no disk': {
    threat: 'D1',
    edits: [edit('server/storage/database.ts', "['synchronous', 'FULL', 2]", "['synchronous', 'NORMAL', 1]")],
    test: 'test/storage/acknowledged-is-durable.test.ts',
  },
  'a row that is believed without its seal': {
    threat: 'D2',
    edits: [
      edit(
        'server/ledger/row-seal.ts',
        'return end >= 0 && stored.readUInt32BE(end) === sumOf(key, stored.subarray(0, end));',
        'return end >= 0 && key.length > 0;',
      ),
    ],
    test: 'test/workstation/a-turned-bit-is-found-in-the-background.test.ts',
  },
  'a desk that never doubts itself': {
    threat: 'D2',
    edits: [
      edit(
        'server/sync/evidence/own-doubt.ts',
        'return (await wasAltered(this.#options)) ? MENDED : undefined;',
        'return undefined;',
      ),
    ],
    test: 'test/attack/a-damaged-desk-accuses-nobody.test.ts',
  },
  'a check of the disk that looks at no block': {
    threat: 'D2',
    edits: [
      edit(
        'server/ledger/disk-check/ledger-parts.ts',
        'if (!equalBytes(blockHash(hash, stored.bytes), stored.hash)) faults += 1;',
        'void blockHash;',
      ),
    ],
    test: 'test/workstation/a-turned-bit-is-found-in-the-background.test.ts',
  },
  'a hub that keeps what it found to itself': {
    threat: 'D2',
    edits: [
      edit(
        'server/hub/fleet/disk.ts',
        'faults.some(({ part }) => !SEALED.includes(part));',
        "faults.some(({ part }) => part === '');",
      ),
    ],
    test: 'test/hub/a-hub-looks-at-its-disk.test.ts',
  },
  'a backup whose seal is not asked': {
    threat: 'D2',
    edits: [
      edit(
        'server/vault/sealed-files.ts',
        "if (hash.digest('hex') !== wanted) throw alteredFile(name);",
        "if (hash.digest('hex') === '') throw alteredFile(wanted);",
      ),
      edit(
        'server/vault/sealed-files.ts',
        '{ id: fromHex(id), name, index, count }',
        "{ id: fromHex(id), name: '', index: 0, count: Math.min(count, 0) }",
      ),
    ],
    test: 'test/workstation/a-backup-is-good-only-when-it-opens.test.ts',
  },
  'a newer database that an older program opens': {
    threat: 'D4',
    edits: [edit('server/storage/migrations.ts', '  checkApplied(applied, migrations);\n', '')],
    test: 'test/storage/opens-only-what-is-ours.test.ts',
  },
  'strangers that hold every line': {
    threat: 'H6',
    edits: [
      edit(
        'server/hub/line/stranger-lines.ts',
        'if (this.#count > this.#most) this.#closeOne();',
        'if (this.#count < 0) this.#closeOne();',
      ),
    ],
    test: 'test/attack/strangers-keep-no-device-out.test.ts',
  },
  'a message that passes for a place in the program': {
    threat: 'H4',
    edits: [edit('server/graphql/apollo.ts', '.slice(after)', '.slice(0 * after)')],
    test: 'test/attack/logs-say-nothing-of-anybody.test.ts',
  },
  'a file that outlives its health link': {
    threat: 'S8',
    edits: [edit('server/hub/line/link-server.ts', '!(await this.#links.isThere(ticket.link))', 'ticket.link.length === 0')],
    test: 'test/kiosk/a-health-link-opens-for-who-has-it.test.ts',
  },
  'a program without a token whose body is awaited': {
    threat: 'S8',
    edits: [
      edit('server/workstation/fhir-door/fhir-host.ts', 'if (hasBody(request)) {', "if (hasBody(request) && method === '') {"),
    ],
    test: 'test/fhir-api/a-program-reads-only-what-is-open.test.ts',
  },
  'an answer for who was let go': {
    threat: 'C7',
    edits: [
      edit(
        'server/workstation/vault-process/session-rounds.ts',
        'return this.#barred ? refuse(this.#barred) : answer;',
        'return answer;',
      ),
    ],
    test: 'test/workstation/an-answer-under-way-ends-with-the-role.test.ts',
  },
  'a pipe that passes for a file': {
    threat: 'X1',
    edits: [
      edit(
        'server/storage/regular-file.ts',
        'if (!(await file.stat()).isFile()) throw new NoRegularFile(path);',
        'if (path === "") throw new NoRegularFile(path);',
      ),
    ],
    test: 'test/attack/pipes-and-links-lead-nowhere.test.ts',
  },
  'a link under an unfinished name that is written through': {
    threat: 'X1',
    edits: [
      edit('server/storage/durable-file.ts', "return await open(path, 'wx', 0o600);", "return await open(path, 'w', 0o600);"),
    ],
    test: 'test/attack/pipes-and-links-lead-nowhere.test.ts',
  },
  'a message of HL7 about people without end': {
    threat: 'X1',
    edits: [edit('shared/hl7/hl7-resources.ts', 'const LONGEST_BEFORE = 65_536;', 'const LONGEST_BEFORE = 65_536_000;')],
    test: 'test/hl7/files-of-messages-are-read-or-refused.test.ts',
  },
  'a narrative whose active elements are let through': {
    threat: 'S1',
    edits: [edit('shared/fhir/narrative.ts', 'if (ACTIVE_ELEMENTS.has(tag.name)) return', 'if (tag.name === "") return')],
    test: 'test/fhir/narratives-stay-passive.test.ts',
  },
  'a page that answers whoever knows its address': {
    threat: 'S8',
    edits: [
      edit('server/workstation/page/page-server.ts', 'if (!this.#knows(request)) return refuse(response, 401, NO_SESSION);', ''),
    ],
    test: 'test/attack/browser-host-answers-one-browser.test.ts',
  },
  'a wrong passphrase that nobody counts': {
    threat: 'K2',
    edits: [
      edit(
        'server/vault/key-store.ts',
        'await noteTries(transaction, staff, row.failures + 1, now + delayAfter(row.failures + 1));',
        '',
      ),
    ],
    test: 'test/vault/key-store-opens-to-nobody-else.test.ts',
  },
  'an eleventh try at a PIN': {
    threat: 'K2',
    edits: [
      edit('server/care-card/try-counter.ts', 'if (!isRepeated && failedTries(counts) >= MOST_TRIES) throw noTriesLeft();', ''),
    ],
    test: 'test/care-card/ten-tries-and-no-more.test.ts',
  },
  'keys that outlive the lock': {
    threat: 'K7',
    edits: [edit('server/vault/unlocked-key-store.ts', '    this.#compartments.clear();\n    this.#secret', '    this.#secret')],
    test: 'test/vault/key-store-opens-to-nobody-else.test.ts',
  },
  'a hub that speaks an older TLS': {
    threat: 'H1',
    edits: [edit('server/hub/line/device-line.ts', "minVersion: 'TLSv1.3'", "minVersion: 'TLSv1.2'")],
    test: 'test/hub/only-certified-devices-are-answered.test.ts',
  },
  'a certificate for a key that nobody showed': {
    threat: 'H2',
    edits: [edit('server/identity/certificates.ts', " || !verify('sha256', derOf(info), publicKey, signature)", '')],
    test: 'test/hub/an-invitation-lets-one-device-in.test.ts',
  },
  'a second factor that passes for any ceremony': {
    threat: 'H8',
    edits: [edit('server/vault/second-factor.ts', 'shown?.ceremony === hash && ', 'shown && ')],
    test: 'test/staff/a-passkey-confirms-one-act.test.ts',
  },
  'a passkey that the passphrase alone takes away': {
    threat: 'H8',
    edits: [edit('server/staff/second-factors.ts', "await this.#ceremony('remove-passkey', id);", '')],
    test: 'test/staff/people-and-doors.test.ts',
  },
};

/** Edits the sources of one breakage as they are read. */
export function brokenOnPurpose(name: string): Plugin {
  const breakage = BREAKAGES[name];
  if (!breakage) throw new RangeError(`There is no breakage "${name}". There are: ${Object.keys(BREAKAGES).join('; ')}.`);
  return {
    name: 'broken-on-purpose',
    enforce: 'pre',
    transform(code, id) {
      const source = edited(breakage.edits, pathToFileURL(id.split('?')[0] ?? '').href, code);
      return source === undefined ? undefined : { code: source, map: null };
    },
  };
}
