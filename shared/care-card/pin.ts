/** The PIN of a care card: six digits or more, none that everybody tries first. A guesser has ten tries, so the first ten count. */
import { Failure } from '../outcome/failure.ts';

const SHORTEST_PIN = 6;
const LONGEST_PIN = 12;

/** Why a PIN is not taken; keys of sentences: `card.pinFault.<fault>` in the catalogue of words. */
type PinFault = 'not-digits' | 'short' | 'long' | 'obvious' | 'birth-date';

/** Digits of other scripts (Arabic-Indic, Persian, full width) are the same digits; spaces do not matter. */
export function pinDigits(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll(/\s/g, '');
}

/** @param birthDate of the patient, `YYYY-MM-DD` or a beginning of it; '' when it is not known */
export function pinFault(pin: string, birthDate = ''): PinFault | undefined {
  if (!/^[0-9]*$/.test(pin)) return 'not-digits';
  if (pin.length < SHORTEST_PIN) return 'short';
  if (pin.length > LONGEST_PIN) return 'long';
  if (isObvious(pin)) return 'obvious';
  return birthDays(birthDate).includes(pin) ? 'birth-date' : undefined;
}

/** @throws {Failure} `card.pin-weak`. */
export function refuseWeakPin(pin: string, birthDate?: string): void {
  const fault = pinFault(pin, birthDate);
  if (fault)
    throw new Failure(
      'card.pin-weak',
      'This PIN is too short or among the first that a thief would try. Choose six to twelve digits without a pattern and without the date of birth.',
      { details: { fault } },
    );
}

/** One digit again and again, a short block repeated, or a run upwards or downwards. */
function isObvious(pin: string): boolean {
  if (/^(\d{1,3})\1+$/.test(pin)) return true;
  const steps = [...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10);
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

/** The ways in which people write a day in six or eight digits. */
function birthDays(birthDate: string): string[] {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  if (!year || !month || !day) return [];
  return [year, year.slice(2)].flatMap((inYears) => [
    inYears + month + day,
    inYears + day + month,
    day + month + inYears,
    month + day + inYears,
  ]);
}
