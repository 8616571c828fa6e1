/**
 * The exact words that a patient reads and that are signed: made from the choices and the names around them, the same on
 * every machine (no locale of the system enters). SHA-256 over the UTF-8 text is the `agreement` in the ledger.
 */
import type { RecordCategory } from '../fhir/patient-compartment.ts';
import type { ConsentChoices, ConsentException, ConsentLanguage } from './consent-choices.ts';
import { FURTHER_WORDS } from './consent-words.ts';
import type { Purpose } from './purpose.ts';
import type { Label } from './security-label.ts';

/** Who the text speaks of. */
export interface ConsentParties {
  readonly patientName: string;
  /** FHIR date, as exact as it is known. */
  readonly birthDate: string | undefined;
  readonly custodianName: string;
  readonly recipientName: string;
  /**
   * Consent id, 32 hexadecimal digits. Nobody outside the vault can know it, so that the text's hash on the ledger cannot be
   * found by trying names.
   */
  readonly consent: string;
}

/** What a text says in one language. */
export interface Words {
  readonly title: string;
  readonly number: string;
  readonly patient: string;
  readonly born: string;
  readonly keeper: string;
  readonly reader: string;
  readonly sharedHeading: string;
  readonly exceptHeading: string;
  readonly except: Readonly<Record<ConsentException['kind'], string>>;
  readonly labels: Readonly<Record<Label, string>>;
  readonly purpose: string;
  readonly from: string;
  readonly until: string;
  readonly openEnd: string;
  readonly established: string;
  readonly rights: readonly string[];
  readonly categories: Readonly<Record<RecordCategory, string>>;
  readonly purposes: Readonly<Record<Purpose, string>>;
}

const WORDS: Readonly<Record<ConsentLanguage, Words>> = {
  ...FURTHER_WORDS,
  en: {
    title: 'CONSENT TO SHARE HEALTH RECORDS',
    number: 'Consent number',
    patient: 'Patient',
    born: 'born',
    keeper: 'The records are kept by',
    reader: 'They may be read by',
    sharedHeading: 'What may be read, also what is written there later',
    exceptHeading: 'Not shared, not even where another consent to the same clinic for this purpose would permit it',
    except: {
      label: 'Entries marked as',
      author: 'Entries written by',
      encounter: 'Entries of the visit',
    },
    labels: {
      SEX: 'sexual health',
      HIV: 'HIV',
      STD: 'sexually transmitted disease',
      PSY: 'psychiatry',
      MH: 'mental health',
      ETH: 'alcohol and drug use',
      SUD: 'addiction',
      SDV: 'sexual assault or domestic violence',
      VIO: 'violence',
      R: 'restricted or very restricted',
      V: 'very restricted',
    },
    purpose: 'Only for this purpose',
    from: 'From',
    until: 'Until',
    openEnd: 'I withdraw this consent',
    established: "How the patient's wish was established",
    rights: [
      'Nothing else is shared, and nobody else may read it under this consent.',
      'Each time the other clinic opens the records, a line is written that the patient can ask to see.',
      'This consent is voluntary. It can be withdrawn at any time, in one step and without giving a reason.',
      'When it is withdrawn or ends, the other clinic can open nothing any more: its keys and copies are destroyed the next time its computers connect. What its staff have already read or written down themselves is not undone.',
    ],
    categories: {
      identity: 'Who I am: name, birth date, identifiers, address and contacts (always needed)',
      clinical: 'Clinical records: problems, allergies, visits, results, procedures, vaccinations',
      sensitive: 'Specially protected records, such as mental health, addiction, sexual health and HIV',
      medication: 'Medicines: prescribed, dispensed and taken',
      genomic: 'Genetic information',
      telemedicine: 'Notes of telemedicine visits',
      device: 'Readings of devices and sensors',
      research: 'Records set apart for research',
      emergency: 'Emergency summary',
    },
    purposes: {
      TREAT: 'treatment',
      ETREAT: 'treatment in an emergency',
      HRESCH: 'health research',
      HPAYMT: 'payment for care',
      HOPERAT: 'running the clinic: quality and administration',
      PATRQT: "the patient's own request",
      PUBHLTH: 'public health',
    },
  },
  de: {
    title: 'EINWILLIGUNG IN DIE WEITERGABE VON GESUNDHEITSDATEN',
    number: 'Nummer der Einwilligung',
    patient: 'Patientin oder Patient',
    born: 'geboren',
    keeper: 'Die Daten werden geführt von',
    reader: 'Lesen darf sie',
    sharedHeading: 'Was gelesen werden darf, auch was dort später hinzukommt',
    exceptHeading:
      'Nicht weitergegeben, auch nicht, wo eine andere Einwilligung für dieselbe Praxis und denselben Zweck es erlauben würde',
    except: {
      label: 'Einträge mit der Kennzeichnung',
      author: 'Einträge von',
      encounter: 'Einträge des Besuchs',
    },
    labels: {
      SEX: 'sexuelle Gesundheit',
      HIV: 'HIV',
      STD: 'sexuell übertragbare Krankheit',
      PSY: 'Psychiatrie',
      MH: 'seelische Gesundheit',
      ETH: 'Alkohol- und Drogengebrauch',
      SUD: 'Sucht',
      SDV: 'sexuelle oder häusliche Gewalt',
      VIO: 'Gewalt',
      R: 'vertraulich oder streng vertraulich',
      V: 'streng vertraulich',
    },
    purpose: 'Nur zu diesem Zweck',
    from: 'Von',
    until: 'Bis',
    openEnd: 'ich diese Einwilligung widerrufe',
    established: 'Wie der Wille festgestellt wurde',
    rights: [
      'Sonst wird nichts weitergegeben, und niemand sonst darf es aufgrund dieser Einwilligung lesen.',
      'Jedes Mal, wenn die andere Praxis die Daten öffnet, wird eine Zeile geschrieben, in die auf Wunsch Einsicht gegeben wird.',
      'Diese Einwilligung ist freiwillig. Sie kann jederzeit widerrufen werden, in einem Schritt und ohne Angabe von Gründen.',
      'Wird sie widerrufen oder endet sie, kann die andere Praxis nichts mehr öffnen: Ihre Schlüssel und Kopien werden zerstört, sobald ihre Rechner sich das nächste Mal verbinden. Was dort schon gelesen oder selbst notiert wurde, wird dadurch nicht ungeschehen.',
    ],
    categories: {
      identity: 'Wer ich bin: Name, Geburtsdatum, Kennungen, Anschrift und Erreichbarkeit (immer nötig)',
      clinical: 'Klinische Daten: Diagnosen, Allergien, Besuche, Befunde, Eingriffe, Impfungen',
      sensitive: 'Besonders geschützte Daten, etwa zu seelischer Gesundheit, Sucht, Sexualmedizin und HIV',
      medication: 'Medikamente: verordnet, abgegeben und eingenommen',
      genomic: 'Genetische Daten',
      telemedicine: 'Aufzeichnungen von Videosprechstunden',
      device: 'Messwerte von Geräten und Sensoren',
      research: 'Für die Forschung bereitgestellte Daten',
      emergency: 'Notfallübersicht',
    },
    purposes: {
      TREAT: 'Behandlung',
      ETREAT: 'Behandlung im Notfall',
      HRESCH: 'Gesundheitsforschung',
      HPAYMT: 'Abrechnung der Behandlung',
      HOPERAT: 'Betrieb der Praxis: Qualität und Verwaltung',
      PATRQT: 'eigener Wunsch der Patientin oder des Patienten',
      PUBHLTH: 'öffentliche Gesundheit',
    },
  },
  es: {
    title: 'CONSENTIMIENTO PARA COMPARTIR DATOS DE SALUD',
    number: 'Número del consentimiento',
    patient: 'Paciente',
    born: 'fecha de nacimiento',
    keeper: 'Los datos los guarda',
    reader: 'Puede leerlos',
    sharedHeading: 'Lo que se puede leer, también lo que se añada después',
    exceptHeading: 'Lo que no se comparte, tampoco si otro consentimiento para la misma clínica y el mismo fin lo permite',
    except: {
      label: 'Anotaciones marcadas como',
      author: 'Anotaciones escritas por',
      encounter: 'Anotaciones de la visita',
    },
    labels: {
      SEX: 'salud sexual',
      HIV: 'VIH',
      STD: 'enfermedad de transmisión sexual',
      PSY: 'psiquiatría',
      MH: 'salud mental',
      ETH: 'consumo de alcohol y drogas',
      SUD: 'adicción',
      SDV: 'agresión sexual o violencia doméstica',
      VIO: 'violencia',
      R: 'restringido o muy restringido',
      V: 'muy restringido',
    },
    purpose: 'Solo para este fin',
    from: 'Desde',
    until: 'Hasta',
    openEnd: 'que yo retire este consentimiento',
    established: 'Cómo se comprobó la voluntad del paciente',
    rights: [
      'No se comparte nada más, y nadie más puede leerlo en virtud de este consentimiento.',
      'Cada vez que la otra clínica abre los datos se escribe una línea que el paciente puede pedir ver.',
      'Este consentimiento es voluntario. Puede retirarse en cualquier momento, en un solo paso y sin dar razones.',
      'Cuando se retira o termina, la otra clínica ya no puede abrir nada: sus claves y copias se destruyen la próxima vez que se conecten sus equipos. Lo que su personal ya haya leído o anotado por su cuenta no se deshace.',
    ],
    categories: {
      identity: 'Quién soy: nombre, fecha de nacimiento, identificadores, dirección y contacto (siempre necesario)',
      clinical: 'Datos clínicos: diagnósticos, alergias, visitas, resultados, procedimientos, vacunas',
      sensitive: 'Datos con protección especial, como salud mental, adicciones, salud sexual y VIH',
      medication: 'Medicamentos: recetados, dispensados y tomados',
      genomic: 'Información genética',
      telemedicine: 'Notas de visitas de telemedicina',
      device: 'Mediciones de dispositivos y sensores',
      research: 'Datos reservados para la investigación',
      emergency: 'Resumen para urgencias',
    },
    purposes: {
      TREAT: 'tratamiento',
      ETREAT: 'tratamiento de urgencia',
      HRESCH: 'investigación en salud',
      HPAYMT: 'pago de la atención',
      HOPERAT: 'funcionamiento de la clínica: calidad y administración',
      PATRQT: 'petición del propio paciente',
      PUBHLTH: 'salud pública',
    },
  },
};

/** The text to show and to sign; lines end in U+000A. */
export function consentText(choices: ConsentChoices, parties: ConsentParties): string {
  const words = WORDS[choices.language];
  const born = parties.birthDate === undefined ? '' : `, ${words.born} ${parties.birthDate}`;
  const excepted = ({ kind, value, name }: ConsentException): string => {
    if (kind === 'label') return `- ${words.except.label}: ${words.labels[value]} (${value})`;
    const mark = kind === 'author' ? inGroups(value.slice(0, 16)) : plainLine(value);
    return `- ${words.except[kind]}: ${plainLine(name)} (${mark})`;
  };
  const lines = [
    words.title,
    '',
    `${words.number}: ${inGroups(parties.consent)}`,
    `${words.patient}: ${plainLine(parties.patientName)}${born}`,
    `${words.keeper}: ${plainLine(parties.custodianName)}`,
    `${words.reader}: ${plainLine(parties.recipientName)} (${inGroups(choices.recipient.slice(0, 16))})`,
    '',
    `${words.sharedHeading}:`,
    ...choices.categories.map((category) => `- ${words.categories[category]}`),
    '',
    ...(choices.exceptions.length === 0 ? [] : [`${words.exceptHeading}:`, ...choices.exceptions.map(excepted), '']),
    `${words.purpose}: ${words.purposes[choices.purpose]} (${choices.purpose})`,
    `${words.from}: ${plainTime(choices.starts)}`,
    `${words.until}: ${choices.ends === 0 ? words.openEnd : plainTime(choices.ends)}`,
    `${words.established}: ${choices.verification}`,
    '',
    ...words.rights.map((right) => `- ${right}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A name from a record or another clinic must not be able to look like a further line of the text. */
const plainLine = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();

const inGroups = (hex: string): string => hex.replaceAll(/.{4}(?=.)/g, '$& ');

/** Universal time to the second: `2026-01-05 08:00:00 UTC`. */
const plainTime = (time: number): string => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
