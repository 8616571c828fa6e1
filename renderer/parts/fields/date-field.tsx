import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayHere, localInstant } from '../../../shared/encoding/wall-clock.ts';
import { regionOf } from '../words/use-format.ts';
import styles from './date-field.module.css';
import { isOver, isToCome, patternOf, readDate, writeDate } from './typed-date.ts';

interface DateFieldProps {
  readonly label: string;
  readonly description?: string;
  /** An ISO date or moment with offset, or ''. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly withTime?: boolean;
  /** A year, or a month of a year, is taken too. */
  readonly partial?: boolean;
  /** It has happened: a day that is still to come is not taken. */
  readonly past?: boolean;
  /** It is planned: a day that is over is not taken. */
  readonly coming?: boolean;
  readonly required?: boolean;
}

/** `2026-11-23T15:20` of this computer's zone as a moment with its offset, which says the same everywhere. */
export function momentWithOffset(local: string): string {
  return localInstant(new Date(local).getTime());
}

/** What the field holds of a value; '' where it is less exact than the field. */
function inField(value: string, withTime: boolean, partial: boolean): string {
  if (!withTime && partial && /^\d{4}(-\d\d)?$/.test(value)) return value;
  if (!withTime) return /^\d{4}-\d\d-\d\d/.test(value) ? dayHere(value) : '';
  const time = Date.parse(value);
  return !value.includes('T') || Number.isNaN(time) ? '' : localInstant(time).slice(0, 'YYYY-MM-DDTHH:MM'.length);
}

/** Now, as `withTime` fields write it. */
export const rightNow = (): string => momentWithOffset(inField(new Date().toISOString(), true, false));

/**
 * A date, or a date and time, typed as the person's language writes it or chosen from the browser's calendar. The browser's own field would
 * follow the language of the operating system. A value less exact than the field stands beside it until another is chosen.
 */
export function DateField(props: DateFieldProps) {
  const {
    label,
    description,
    value,
    onChange,
    withTime = false,
    partial = false,
    past = false,
    coming = false,
    required = false,
  } = props;
  const { t, i18n } = useTranslation();
  const language = regionOf(i18n.language);
  const field = useRef<HTMLInputElement>(null);
  const calendar = useRef<HTMLInputElement>(null);
  /** What stands in the field while it is not yet what the value says. */
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const held = inField(value, withTime, partial);
  const shape = { withTime, partial };
  // A value that came from elsewhere counts more than words that were no date.
  const text =
    typed !== null && (value === '' || readDate(language, typed, shape) !== undefined) ? typed : writeDate(language, held);
  const isNone = text.trim() !== '' && readDate(language, text, shape) === undefined;
  const isWrong = isNone || (past && isToCome(value, Date.now())) || (coming && isOver(value, Date.now()));
  const today = inField(rightNow(), true, false);
  const example = writeDate(language, withTime ? today : dayHere(today));
  const wrong = isNone ? t('dateField.wrong', { example }) : t(past ? 'dateField.toCome' : 'dateField.over');
  const hint = held === '' && value !== '' ? value : description;
  const words = { day: t('dateField.day'), month: t('dateField.month'), year: t('dateField.year') };
  const put = (local: string): void => onChange(local !== '' && withTime ? momentWithOffset(local) : local);
  const choose = (): void => calendar.current?.showPicker();

  // A form with words that are no date, or not the right one, is not sent.
  useEffect(() => field.current?.setCustomValidity(isWrong ? wrong : ''), [isWrong, wrong]);

  return (
    <div className={styles.field}>
      <TextInput
        ref={field}
        label={label}
        {...(hint === undefined ? {} : { description: hint })}
        placeholder={`${patternOf(language, words)}${withTime ? ` ${t('dateField.time')}` : ''}`}
        value={text}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          put(readDate(language, event.currentTarget.value, shape) ?? '');
        }}
        onFocus={() => setLeft(false)}
        onBlur={() => {
          setLeft(true);
          if (!isNone) setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || !event.altKey) return;
          event.preventDefault();
          choose();
        }}
        error={isWrong && (left || !isNone) ? wrong : undefined}
        autoComplete="off"
        required={required}
        rightSection={
          <ActionIcon variant="subtle" color="gray" tabIndex={-1} aria-label={t('dateField.calendar')} onClick={choose}>
            <IconCalendar size={16} aria-hidden />
          </ActionIcon>
        }
      />
      <input
        ref={calendar}
        className={styles.calendar}
        type={withTime ? 'datetime-local' : 'date'}
        tabIndex={-1}
        aria-hidden
        value={held.length < 10 ? '' : held}
        onChange={(event) => {
          setTyped(null);
          put(event.currentTarget.value);
        }}
      />
    </div>
  );
}
