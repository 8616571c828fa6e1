import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { patient } from '../support/fhir-files.ts';
import { hasSharedData, sharedText } from '../support/shared-data.ts';
import { codeOf, Facade, idsOf } from './facade.ts';

/** Another server's cases for readers of narrow scopes: one patient's chart, and what is shared, is open or belongs to others. */
const bundle = (name: string): string => sharedText(`fhir/scoped-access/${name}.json`);
const namesIn = (name: string): string[] =>
  (JSON.parse(bundle(name)) as { entry: { resource: { resourceType: string; id: string } }[] }).entry.map(
    ({ resource }) => `${resource.resourceType}/${resource.id}`,
  );

/** Of the clinic's own directory: open to every reader whose scopes name the type. */
const SHARED = /^(?:Practitioner|Organization)\//;
/** Names no patient, and so lies in nobody's chart. */
const NOBODYS = 'Device/smart-device-B1';
const ASYNC = { headers: { prefer: 'respond-async' } };

// Without the shared data there is nothing to play; the run lists the test as skipped.
test.skipIf(!hasSharedData)(
  'the cases of another server: a reader scoped to a patient, a type or both sees that and nothing else',
  async () => {
    const facade = await Facade.open();
    const all = [...namesIn('SmartCommon'), ...namesIn('SmartPatientB')];
    const chart = namesIn('SmartPatientB').filter((name) => !SHARED.test(name) && name !== NOBODYS);
    expect([all.length, chart.length]).toEqual([34, 16]);

    // The bundles give ids by PUT. A program cannot: nothing of them is written. A clinic imports them, as it imports any Bundle.
    const writer = await facade.token('user/*.cruds');
    const refusals = { SmartCommon: '404 fhir-api.type-unknown', SmartPatientB: '403 fhir-api.directory' };
    for (const [name, refusal] of Object.entries(refusals)) {
      const sent = { method: 'POST', body: bundle(name), headers: { 'content-type': 'application/fhir+json' } };
      const refused = await facade.ask('', writer, sent);
      expect(`${refused.status} ${codeOf(refused)}`).toBe(refusal);
    }
    expect(idsOf((await facade.ask('/Patient', writer)).json)).toEqual([]);
    await facade.imports({
      'SmartCommon.json': bundle('SmartCommon'),
      'SmartPatientB.json': bundle('SmartPatientB'),
      // The procedure of the common bundle is about somebody who is known here, its condition about somebody who is not.
      'SmartPatientA.json': patient('smart-patient-A'),
    });
    const B = await facade.patient('SMART Patient B');

    const readable = async (token: string): Promise<string[]> => {
      const found: string[] = [];
      for (const name of [...all, 'Patient/smart-patient-A']) {
        const { status, text } = await facade.ask(`/${name}`, token);
        expect(text).not.toContain('stack');
        if (status === 200) found.push(name);
        else expect([403, 404]).toContain(status);
      }
      return found.sort();
    };
    const shared = all.filter((name) => SHARED.test(name));

    // One patient, every type.
    const ofB = await facade.token('patient/*.rs', { patient: B });
    expect(await readable(ofB)).toEqual([...chart, ...shared].sort());
    const everything = (await facade.ask('/Patient/smart-patient-B/$everything', ofB)).json;
    expect(everything.total).toBe(16);
    expect(idsOf(everything).sort()).toEqual(chart.map((name) => name.split('/')[1]).sort());
    expect((await facade.ask('/Patient/smart-patient-A/$everything', ofB)).status).toBe(404);
    expect(idsOf((await facade.ask('/Patient', ofB)).json)).toEqual(['smart-patient-B']);
    expect(idsOf((await facade.ask('/Observation', ofB)).json).sort()).toEqual(['smart-observation-B1', 'smart-observation-B2']);
    for (const type of ['Procedure', 'Condition', 'Account', 'Composition'])
      for (const other of ['smart-patient-A', 'smart-patient-C'])
        expect((await facade.ask(`/${type}?patient=${other}`, ofB)).json).toMatchObject({ total: 0 });

    // One patient and one type; one type of everybody; a type with no right to read it.
    const observations = ['Observation/smart-observation-B1', 'Observation/smart-observation-B2'];
    expect(await readable(await facade.token('patient/Observation.rs', { patient: B }))).toEqual(observations);
    const procedures = await facade.token('user/Procedure.rs');
    expect(await readable(procedures)).toEqual(['Procedure/smart-procedure-B1', 'Procedure/smart-procedure-PA1']);
    expect(codeOf(await facade.ask('/Observation?patient=smart-patient-B', procedures))).toBe('fhir-api.scope');
    expect(await readable(await facade.token('user/Patient.s'))).toEqual([]);

    // The whole clinic: what names a patient who is not known here is in no answer, a bulk export included.
    const exporter = await facade.token('system/*.rs');
    const begun = await facade.ask('/$export', exporter, ASYNC);
    const address = begun.headers.get('content-location') as string;
    await eventually(async () => (await facade.ask(address, exporter)).status).toBe(200);
    const exported: string[] = [];
    for (const { url } of (await facade.ask(address, exporter)).json.output) {
      const lines = (await (await fetch(url, { headers: { authorization: `Bearer ${exporter}` } })).text()).trimEnd().split('\n');
      for (const line of lines) {
        const { resourceType, id } = JSON.parse(line) as { resourceType: string; id: string };
        exported.push(`${resourceType}/${id}`);
      }
    }
    const expected = [...chart, ...shared, 'Patient/smart-patient-A', 'Procedure/smart-procedure-PA1'];
    expect(exported.sort()).toEqual(expected.sort());
    expect(await readable(exporter)).toEqual(expected.sort());

    // Who was read knows it; who was asked for and not open was told to nobody.
    const read = (await facade.request.access.linesOf(B)).filter(({ action }) => action.startsWith('fhir'));
    expect(new Set(read.map(({ action }) => action))).toEqual(new Set(['fhir-read', 'fhir-export']));
  },
  120_000,
);
