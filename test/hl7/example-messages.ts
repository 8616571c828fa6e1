/** Messages after the examples of HL7 v2.5.1 (chapters 3 and 7), and what the reader makes of a file of them. */
import { hash } from 'node:crypto';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { readSource, type SourceEntry, type SourceItem, type SourceRefusal } from '../../shared/fhir/import-source.ts';

export const hl7 = {
  zone: () => '+01:00',
  name: (text: string) => hash('sha256', text).slice(0, 40),
  knowsUnit: (unit: string) => unit !== 'furlongs',
};

export async function read(content: string | Uint8Array): Promise<SourceItem[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const chunks = (async function* () {
    yield bytes;
  })();
  const items: SourceItem[] = [];
  for await (const item of readSource({ file: 'in.hl7', format: 'hl7', chunks }, { check: await loadChecker(), hl7 }))
    items.push(item);
  return items;
}
export const entries = (items: SourceItem[]): SourceEntry[] => items.filter((item) => item.kind === 'entry');
export const refusals = (items: SourceItem[]): SourceRefusal[] => items.filter((item) => item.kind === 'refusal');
export const only = (items: SourceItem[], type: string): SourceEntry['resource'] =>
  entries(items).find(({ resource }) => resource.resourceType === type)?.resource as SourceEntry['resource'];

/** A segment with these fields, by their numbers. */
export const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, at) => fields[at + 1] ?? '')].join('|');
};

export const ADT = [
  'MSH|^~\\&|ADT1|GOOD HEALTH HOSPITAL|GHH LAB, INC.|GOOD HEALTH HOSPITAL|198808181126|SECURITY|ADT^A01^ADT_A01|MSG00001|P|2.5.1|',
  'EVN|A01|200708181123||',
  'PID|1||PATID1234^5^M11^&2.16.840.1.113883.19&ISO^MR^GOOD HEALTH HOSPITAL~123456789^^^USSSA^SS||EVERYMAN^ADAM^A^III^^^L||19610615|M||2106-3|2222 HOME STREET^^GREENSBORO^NC^27401-1020|GL|(555) 555-2004|(555)555-2004||S||PATID12345001^2^M10^ADT1^AN^A|444333333|987654^NC|',
  segment('PV1', {
    1: '1',
    2: 'I',
    3: '2000^2012^01',
    7: '004777^ATTEND^AARON^A',
    10: 'SUR',
    19: 'V1001^^^ADT1',
    44: '200708181123',
  }),
  'AL1|1|DA|7980^Penicillin^RXNORM|SV|Hives~Swelling|19990401',
  'AL1|2|FA|^Peanut \\T\\ tree nut|MO|',
].join('\r');

export const ORU = [
  'MSH|^~\\&|GHH LAB|ELAB-3|GHH OE|BLDG4|20260215093000+0100||ORU^R01^ORU_R01|CNTRL-3456|P|2.5.1',
  'PID|||555-44-4444^^^GHH^SS||EVERYWOMAN^EVE^E^^^^L|JONES|19620320|F',
  segment('OBR', {
    1: '1',
    2: '845439^GHH OE',
    3: '1045813^GHH LAB',
    4: '1554-5^GLUCOSE^LN',
    7: '200202150730',
    16: '555-55-5555^PRIMARY^PATRICIA P^^^^MD',
    22: '200202150930-0500',
    24: 'CH',
    25: 'F',
  }),
  'OBX|1|NM|1554-5^GLUCOSE POST 12H CFST:MCNC:PT:SER/PLAS:QN^LN||0182.50|mg/dL^^UCUM|70-105|H~A|||F|||200202150730',
  'NTE|1||taken by the night shift',
  'OBX|2|SN|2345-7^Lipase^LN||>^400|U/L|<160|HH|||P',
  'OBX|3|ST|664-3^Gram stain^LN||no organisms\\.br\\seen||||||C',
  'OBX|4|CWE|600-7^Culture^LN||112283007^Escherichia coli^SCT||||||F',
  'OBX|5|SN|5778-6^Titre^LN||^1^:^128||||||F',
].join('\r');
