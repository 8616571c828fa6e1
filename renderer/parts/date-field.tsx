import { TextInput } from '@mantine/core';

interface DateFieldProps {
  readonly label: string;
  readonly description?: string;
  /** An ISO date or moment with offset, or ''. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly withTime?: boolean;
  readonly required?: boolean;
}

const two = (part: number): string => String(part).padStart(2, '0');

/** `2026-11-23T15:20` of this computer's zone as a moment with its offset, which says the same everywhere. */
export function momentWithOffset(local: string): string {
  const offset = -new Date(local).getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  return `${local}:00${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}

/** What the browser's own field shows of a value; '' where it is less exact than the field. */
function inField(value: string, withTime: boolean): string {
  if (!withTime) return /^\d{4}-\d\d-\d\d/.test(value) ? value.slice(0, 10) : '';
  const time = new Date(value);
  if (!value.includes('T') || Number.isNaN(time.getTime())) return '';
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Now, as `withTime` fields write it. */
export const rightNow = (): string => momentWithOffset(inField(new Date().toISOString(), true));

/** A date, or a date and time, in the browser's own field. A value less exact than the field stands beside it until another is chosen. */
export function DateField({ label, description, value, onChange, withTime = false, required = false }: DateFieldProps) {
  const shown = inField(value, withTime);
  const hint = shown === '' && value !== '' ? value : description;
  return (
    <TextInput
      type={withTime ? 'datetime-local' : 'date'}
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      value={shown}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(typed !== '' && withTime ? momentWithOffset(typed) : typed);
      }}
      required={required}
    />
  );
}
