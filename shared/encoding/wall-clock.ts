/**
 * The calendar and clock that hang on the wall of this computer's clinic. What a person types or reads as a day is of that calendar, and
 * nowhere else is a day cut out of a moment: at 23:30 in Berlin, and for hours of an evening in New York, UTC has another one.
 */

const two = (part: number): string => String(part).padStart(2, '0');

/** The day of a moment (milliseconds since 1970): `2026-11-27`. */
export function localDay(time: number): string {
  const at = new Date(time);
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** A moment (milliseconds since 1970) as a FHIR instant with this computer's offset: `2026-11-27T09:30:00+01:00`. */
export function localInstant(time: number): string {
  const at = new Date(time);
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return `${localDay(time)}T${clock}${offsetOf(at)}`;
}

/** A moment (milliseconds since 1970) for a text that is read elsewhere too: `2026-11-27 09:30 (UTC+01:00)`. */
export function localMoment(time: number): string {
  return `${localDay(time)} ${localInstant(time).slice(11, 16)} (UTC${offsetOf(new Date(time))})`;
}

/** The day here of a FHIR date or dateTime; what is less exact than a day, or none, stays as it is written. */
export function dayHere(date: string): string {
  const time = date.includes('T') ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? date : localDay(time);
}

/** When a FHIR date begins here, in milliseconds since 1970; a dateTime is that moment. NaN for what is neither. */
export function beginningOf(date: string): number {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date) ?? [];
  return Date.parse(year === undefined ? date : `${year}-${month}-${day}T00:00`);
}

function offsetOf(at: Date): string {
  const ahead = -at.getTimezoneOffset();
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
}
