/**
 * Tokens of programs: made by a person for one program, for a purpose and a while, and good only while that person is signed in.
 * The vault keeps a hash of each in a sealed row of this desk.
 */

import { purposesOfRole } from '../../shared/consent/decision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { parseScopes, type Scope, scopesText } from '../../shared/fhir-api/scopes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { LocalWrite } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import { settingChange } from '../sync/vault-context/setting-change.ts';
import { type PatientDirectory, staffId, type VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow } from '../sync/vault-context/vault-rows.store.ts';
import { sha256Hex } from '../vault/primitives.ts';

const KIND = 'program-token';
/** So that a token is known for one wherever it turns up. */
const PREFIX = 'careledger-fhir-';
const FORM = /^careledger-fhir-[A-Za-z0-9_-]{43}$/;
const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 366;
const MOST_TOKENS = 200;
/** Bytes of a program's name: with `FHIR: ` in front it fits into an access line. */
const MOST_NAME = 34;

interface StoredToken {
  /** Hexadecimal. */
  readonly id: string;
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: string;
  readonly purpose: string;
  /** Id of the one patient (hexadecimal), or ''. */
  readonly patient: string;
  /** Staff id, hexadecimal. */
  readonly staff: string;
  readonly staffName: string;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  /** Whether it is good from the clinic's network; those made before that could be are not. */
  readonly network?: boolean;
}

export interface Token extends Omit<StoredToken, 'scopes'> {
  readonly scopes: readonly Scope[];
  /** The address on the clinic's network from which it is shown now. */
  readonly from?: string;
  /** Left out for a program; `person` is who is signed in, at this desk's own screen. */
  readonly by?: 'person';
}

interface NewToken {
  readonly name: string;
  readonly scopes: string;
  readonly purpose: string;
  readonly patient: string | undefined;
  readonly days: number;
  readonly network: boolean;
  readonly passphrase: string;
}

export class Tokens {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  /** By hash. */
  readonly #tokens = new Map<string, Token>();

  private constructor(context: VaultContext, patients: PatientDirectory) {
    this.#context = context;
    this.#patients = patients;
  }

  static async open(context: VaultContext, patients: PatientDirectory): Promise<Tokens> {
    const tokens = new Tokens(context, patients);
    for await (const page of everyRow(context.reader, KIND))
      for (const row of page) tokens.#keep(JSON.parse(fromUtf8(context.rows.open(KIND, row))) as StoredToken);
    return tokens;
  }

  /** The newest first: an administrator sees all, others their own. */
  list(): Token[] {
    const { role } = this.#context.staff;
    const own = staffId(this.#context);
    return [...this.#tokens.values()]
      .filter(({ staff }) => role === 'administrator' || staff === own)
      .sort((one, other) => other.madeAt - one.madeAt || (one.id < other.id ? -1 : 1));
  }

  /**
   * Makes a token for who is signed in. `secret` is given once and kept nowhere.
   * @throws {Failure} `fhir-api.token-name`, `-purpose`, `-days`, `-patient`, `-system`, `-many`; as `parseScopes`; `vault.passphrase-wrong`.
   */
  async make({
    name,
    scopes: text,
    purpose,
    patient,
    days,
    network,
    passphrase,
  }: NewToken): Promise<{ token: Token; secret: string }> {
    const { keyStore, staff, random, clock } = this.#context;
    const scopes = parseScopes(text);
    const [level] = scopes.map((scope) => scope.level);
    const named = name.trim();
    if (named === '' || utf8(named).length > MOST_NAME || /\p{C}/u.test(named)) throw badName();
    if (!PURPOSES.some((known) => known === purpose) || !purposesOfRole(staff.role).some((held) => held === purpose))
      throw new Failure('fhir-api.token-purpose', 'Your role does not read records for this purpose. Choose another one.');
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
      throw new Failure('fhir-api.token-days', `A token is good for 1 to ${MOST_DAYS} days.`);
    if ((level === 'patient') !== (patient !== undefined))
      throw new Failure(
        'fhir-api.token-patient',
        'Scopes that begin with patient/ are for one patient, and only they are. Say which.',
      );
    refuseSystem(scopes, staff.role);
    if (this.#tokens.size >= MOST_TOKENS)
      throw new Failure('fhir-api.token-many', 'This desk has as many tokens as it keeps. Let old ones end first.');
    if (patient !== undefined) this.#patients.known(patient);
    await keyStore.confirm(passphrase);
    const secret = PREFIX + Buffer.from(random(32)).toString('base64url');
    const madeAt = clock();
    const stored: StoredToken = {
      id: toHex(random(16)),
      hash: sha256Hex(utf8(secret)),
      name: named,
      scopes: scopesText(scopes),
      purpose,
      patient: patient ?? '',
      staff: staffId(this.#context),
      staffName: staff.name,
      madeAt,
      expiresAt: madeAt + days * DAY_MS,
      revokedAt: null,
      network,
    };
    await this.#write(stored, this.#said(stored, [], [stored.scopes, new Date(stored.expiresAt).toISOString()]));
    return { token: this.#keep(stored), secret };
  }

  /** @throws {Failure} `fhir-api.token-gone`. */
  async revoke(id: string): Promise<void> {
    const token = this.list().find((each) => each.id === id);
    if (!token) throw new Failure('fhir-api.token-gone', 'There is no such token at this desk. Load the list again.');
    if (token.revokedAt !== null) return;
    const revoked = { ...token, scopes: scopesText(token.scopes), revokedAt: this.#context.clock() };
    await this.#write(revoked, this.#said(revoked, [revoked.scopes, new Date(token.expiresAt).toISOString()], []));
    this.#keep(revoked);
  }

  /**
   * The token that a request carries. @param authorization the header `Authorization` @param from as `FhirRequest.from`
   * @throws {Failure} `fhir-api.no-token`, `fhir-api.token-unknown` (also when it was revoked), `fhir-api.token-expired`,
   * `fhir-api.person-away`, `fhir-api.token-here`, `fhir-api.token-system`.
   */
  async of(authorization: string, from?: string): Promise<Token> {
    const [scheme = '', ...given] = authorization.split(' ');
    const secret = given.join(' ');
    if (scheme.toLowerCase() !== 'bearer') throw new Failure('fhir-api.no-token', 'Send the token as "Authorization: Bearer …".');
    const token = FORM.test(secret) ? this.#tokens.get(sha256Hex(utf8(secret))) : undefined;
    if (!token || token.revokedAt !== null)
      throw new Failure('fhir-api.token-unknown', 'This token opens nothing at this desk. Ask the clinic for a new one.');
    if (from !== undefined && token.network !== true)
      throw new Failure(
        'fhir-api.token-here',
        'This token is good on the desk’s own computer alone. Ask the clinic for one for its network.',
      );
    const time = Math.max(await this.#context.gateway.time(), this.#context.clock());
    if (time >= token.expiresAt)
      throw new Failure('fhir-api.token-expired', 'This token has ended. Ask the clinic for a new one.');
    if (token.staff !== staffId(this.#context))
      throw new Failure(
        'fhir-api.person-away',
        'The person who made this token is not signed in at this desk. Try when they are.',
      );
    // What a person may hand on ends with what they may do themselves.
    refuseSystem(token.scopes, this.#context.staff.role);
    return from === undefined ? token : { ...token, from };
  }

  #keep(stored: StoredToken): Token {
    const token = { ...stored, scopes: parseScopes(stored.scopes) };
    this.#tokens.set(stored.hash, token);
    return token;
  }

  /** What lets a program read for the whole clinic is an administrator's change; what somebody hands on of their own reading is theirs. */
  #said({ name, scopes }: StoredToken, before: readonly string[], after: readonly string[]) {
    if (parseScopes(scopes).every(({ level }) => level !== 'system')) return { events: [], rows: [] };
    return settingChange(this.#context, { setting: 'program-token', subject: name, before, after });
  }

  async #write(stored: StoredToken, said: Pick<Required<LocalWrite>, 'events' | 'rows'>): Promise<void> {
    const { rows, gateway } = this.#context;
    const row = rows.seal(KIND, rows.name(KIND, utf8(stored.id)), NO_TAG, utf8(JSON.stringify(stored)));
    await gateway.commit({ ...said, rows: [...said.rows, row] });
    this.#context.notify({ topics: ['program-tokens'] });
  }
}

function refuseSystem(scopes: readonly Scope[], role: string): void {
  if (role === 'administrator' || scopes.every(({ level }) => level !== 'system')) return;
  throw new Failure(
    'fhir-api.token-system',
    'Only an administrator lets a program read for the whole clinic (system/). Use user/.',
  );
}

const badName = (): Failure =>
  new Failure('fhir-api.token-name', 'Give the program a short name, as the patients’ access log will say it.');
