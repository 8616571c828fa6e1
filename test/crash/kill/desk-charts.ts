/** What the lives ask of one desk, and write there, through the program's own schema. */
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { ask } from './desk.ts';

interface PageInfo {
  readonly endCursor: string;
  readonly hasNextPage: boolean;
}

interface Item {
  readonly id: string;
  readonly value: string | null;
  readonly version: number;
}

const observation = (patient: string, value: number): string =>
  `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},"subject":{"reference":"Patient/${patient}"},"effectiveDateTime":"2026-01-05","valueQuantity":{"value":${value},"unit":"Cel"}}`;

export class DeskCharts {
  /** The patient in whose chart most is written. */
  base = '';
  readonly #service: DeviceService;

  constructor(service: DeviceService) {
    this.#service = service;
  }

  ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return ask<Data>(this.#service, query, variables);
  }

  async patients(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (let after: string | null = null; ; ) {
      const {
        patients,
      }: {
        patients: { edges: { node: { id: string; family: string } }[]; pageInfo: PageInfo };
      } = await this.ask(
        'query Find($after: String) { patients(search: "", first: 100, after: $after) { edges { node { id family } } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      for (const { node } of patients.edges) found.set(node.family, [...(found.get(node.family) ?? []), node.id]);
      if (!patients.pageInfo.hasNextPage) return found;
      after = patients.pageInfo.endCursor;
    }
  }

  async items(): Promise<Item[]> {
    const items: Item[] = [];
    for (let after: string | null = null; ; ) {
      const { chart }: { chart: { items: { edges: { node: Item }[]; pageInfo: PageInfo } } } = await this.ask(
        'query Items($patient: ID!, $after: String) { chart(patient: $patient) { items(section: RESULT, first: 200, after: $after) { edges { node { id value version } } pageInfo { endCursor hasNextPage } } } }',
        { patient: this.base, after },
      );
      items.push(...chart.items.edges.map(({ node }) => node));
      if (!chart.items.pageInfo.hasNextPage) return items;
      after = chart.items.pageInfo.endCursor;
    }
  }

  open(patient: string): Promise<unknown> {
    return this.ask('mutation Open($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  }

  async register(family: string, birthDate = '1961-04-12'): Promise<string> {
    const { registerPatient } = await this.ask<{ registerPatient: { patient: { id: string } } }>(
      'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
      { input: { family, given: ['Ada'], birthDate } },
    );
    return registerPatient.patient.id;
  }

  async put(patient: string, value: number, amending: Record<string, unknown> = {}): Promise<string> {
    const { putRecord } = await this.ask<{ putRecord: { id: string } }>(
      'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }',
      {
        input: { patient, resource: observation(patient, value), ...amending },
      },
    );
    return putRecord.id;
  }

  async finishImports(): Promise<void> {
    const { importJobs } = await this.ask<{ importJobs: { id: string; state: string }[] }>('{ importJobs { id state } }');
    for (const { id, state } of importJobs) {
      if (state === 'DONE') continue;
      if (state === 'PAUSED') await this.ask('mutation Resume($id: ID!) { resumeImport(id: $id) { id } }', { id });
      await this.importDone(id);
    }
  }

  async importDone(id: string): Promise<void> {
    for (;;) {
      const { importJob } = await this.ask<{ importJob: { state: string; problem: { message: string } | null } }>(
        'query Job($id: ID!) { importJob(id: $id) { state problem { message } } }',
        { id },
      );
      if (importJob.state === 'DONE') return;
      if (importJob.state !== 'RUNNING') throw new Error(`the import is ${importJob.state}: ${importJob.problem?.message}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
