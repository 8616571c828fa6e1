/** A clinic's desk with its FHIR façade on a port of its own, and programs that ask it over real HTTP. */
import { Client } from 'fhir-kit-client';
import { onTestFinished } from 'vitest';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { startFhirHost } from '../../server/workstation/fhir-door/fhir-host.ts';
import { ClinicDesk, type DeskOptions, PASSPHRASE } from '../support/clinic-desk.ts';
import { folderOf } from '../support/fhir-files.ts';

const ADMINISTRATOR = { name: 'Dr. Ada Frey', role: 'administrator' } as const;

/** What tests look into of the JSON that the façade answers: it is a resource, a Bundle, an OperationOutcome or a manifest. */
interface AnsweredJson {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly versionId: string };
  readonly total: number;
  readonly link: ReadonlyArray<{ readonly relation: string; readonly url: string }>;
  readonly entry: ReadonlyArray<{
    readonly resource: AnsweredJson & {
      readonly subject: { readonly reference: string };
      readonly identifier: ReadonlyArray<{ readonly value: string }>;
    };
    readonly response: { readonly status: string; readonly outcome: AnsweredJson };
    readonly search: { readonly mode: string };
  }>;
  readonly issue: ReadonlyArray<{
    readonly severity: string;
    readonly diagnostics: string;
    readonly details: { readonly text: string; readonly coding: ReadonlyArray<{ readonly code: string }> };
  }>;
  readonly scopes_supported: readonly string[];
  readonly rest: ReadonlyArray<{
    readonly resource: ReadonlyArray<{ readonly type: string; readonly searchRevInclude: readonly string[] }>;
  }>;
  readonly output: ReadonlyArray<{ readonly type: string; readonly url: string; readonly count: number }>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: AnsweredJson;
}

export class Facade {
  readonly desk: ClinicDesk;
  readonly address: string;
  #request: VaultRequest;

  private constructor(desk: ClinicDesk, request: VaultRequest, address: string) {
    this.desk = desk;
    this.#request = request;
    this.address = address;
  }

  static async open(options: DeskOptions = {}): Promise<Facade> {
    const desk = await ClinicDesk.open({ staff: ADMINISTRATOR, ...options });
    const { request } = await desk.unlock();
    const facade: { current?: Facade } = {};
    const host = await startFhirHost((asked) => (facade.current as Facade).request.fhirApi.answer(asked), 0);
    onTestFinished(() => host.close());
    facade.current = new Facade(desk, request, host.address);
    return facade.current;
  }

  get request(): VaultRequest {
    return this.#request;
  }

  /** Another person's turn at the desk. */
  async signIn(staff: DeskOptions['staff']): Promise<void> {
    await this.desk.lock();
    this.#request = (await this.desk.unlock(staff)).request;
  }

  /** Imports files, and gives the desk's own id of the patient that a name finds. */
  async imports(files: Readonly<Record<string, string>>): Promise<void> {
    const { imports } = this.#request;
    const { id } = await imports.startPaths([folderOf(files)]);
    await imports.settled(id);
  }

  async patient(name: string): Promise<string> {
    const [found] = (await this.#request.patients.find(name, 1, undefined)).patients;
    return found?.patient.id ?? '';
  }

  async token(
    scopes = 'user/*.cruds',
    more: { purpose?: string; patient?: string; days?: number; name?: string; network?: boolean } = {},
  ): Promise<string> {
    const given = {
      name: 'Lab Box',
      scopes,
      purpose: 'TREAT',
      patient: undefined,
      days: 30,
      network: false,
      passphrase: PASSPHRASE,
      ...more,
    };
    return (await this.#request.fhirApi.tokens.make(given)).secret;
  }

  /** The public client library, as a program would use it. */
  client(token: string): Client {
    return new Client({ baseUrl: this.address, bearerToken: token });
  }

  async ask(path: string, token = '', init: RequestInit = {}): Promise<Answered> {
    const headers = {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(path.startsWith('http') ? path : this.address + path, { ...init, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text === '' ? undefined : JSON.parse(text) };
  }
}

export const codeOf = ({ json }: Answered): string => json?.issue?.[0]?.details?.coding?.[0]?.code ?? '';
export const idsOf = (
  bundle: { readonly entry?: ReadonlyArray<{ readonly resource: { readonly id?: string } }> } | undefined,
): string[] => (bundle?.entry ?? []).map(({ resource }) => resource.id ?? '');
