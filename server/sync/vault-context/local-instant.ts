/** This computer's wall clock in FHIR: a visit belongs to the day that stands on the wall. */

const two = (part: number): string => String(part).padStart(2, '0');

/** @param time milliseconds since 1970. Gives an instant with this computer's offset: `2026-11-27T09:30:00+01:00`. */
export function localInstant(time: number): string {
  const at = new Date(time);
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}${zone}`;
}
