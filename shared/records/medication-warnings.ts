/**
 * What a chart has against a medication that is being written down: an allergy to it, or the same medication twice. It compares codes
 * and words. It knows no classes and no ingredients: that penicillin is meant by amoxicillin it cannot say, and the screen says so.
 */

/** An entry of a chart, by its title and code. */
export interface ChartEntry {
  readonly id: string;
  readonly title: string;
  readonly code: string | null;
  readonly codeSystem: string | null;
}

export interface Medication {
  readonly words: string;
  /** The code system's URI, and the code in it; '' without a code. */
  readonly system: string;
  readonly code: string;
}

export interface MedicationWarning<Entry extends ChartEntry> {
  readonly kind: 'allergy' | 'duplicate';
  /** The entry that speaks against it. */
  readonly source: Entry;
}

const SHORTEST_WORD = 4;

/** Words of titles that name no substance: forms, routes and times, and how allergies are spoken of. English and German, without accents. */
const NO_SUBSTANCE = new Set(
  `allergic allergie allergy adverse agent allergen aller chewable coated containing cream daily delayed dose drug extended film from
  gegen hour hydrochloride hypersensitivity inhalant inhaler injectable injection intolerance intoleranz kapsel kapseln losung
  medication metered nasal organism ointment ophthalmic oral pack patch powder prefilled product propensity reaction reactions release salbe
  solution spray substance substances suspension syringe tablet tablets tablette tabletten tropfen topical unit units
  unvertraglichkeit with`.split(/\s+/),
);

/** Allergies first, each entry once. */
export function medicationWarnings<Entry extends ChartEntry>(
  medication: Medication,
  chart: { readonly allergies: readonly Entry[]; readonly medications: readonly Entry[] },
): ReadonlyArray<MedicationWarning<Entry>> {
  const words = substancesOf(medication.words);
  const isMeant = ({ title, code, codeSystem }: Entry): boolean =>
    (medication.code !== '' && code === medication.code && codeSystem === medication.system) ||
    [...substancesOf(title)].some((word) => words.has(word));
  return [
    ...chart.allergies.filter(isMeant).map((source) => ({ kind: 'allergy', source }) as const),
    ...chart.medications.filter(isMeant).map((source) => ({ kind: 'duplicate', source }) as const),
  ];
}

/** The words of a title that may name a substance, in lower case and without accents. */
function substancesOf(title: string): ReadonlySet<string> {
  const plain = title.normalize('NFD').replace(/\p{Mark}/gu, '');
  const words = plain.toLowerCase().split(/[^\p{Letter}]+/u);
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD && !NO_SUBSTANCE.has(word)));
}
