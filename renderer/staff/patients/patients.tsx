import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type KeyboardEvent, lazy, type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo, type Permission } from '../../../shared/access/permissions.ts';
import { graphql } from '../../generated/gql.ts';
import type { FindPatientsQuery } from '../../generated/graphql.ts';
import { useAct, useShortcut } from '../../parts/focus/shortcuts.tsx';
import { heightLeft } from '../../parts/height-left.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { usePaged } from '../../parts/use-paged.ts';
import { ageOf, genderWord, identifierWord } from '../../parts/words/person-words.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { RegisterPatient } from './register-patient.tsx';

/** A patient for those who read no charts. */
export const PatientSheet = lazy(() => import('./patient-sheet.tsx').then((file) => ({ default: file.PatientSheet })));

const findPatients = graphql(`
  query FindPatients($search: String, $first: Int = 50, $after: String) {
    patients(search: $search, first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          name
          birthDate
          gender
          deceased
          city
          custodianName
          shared
          mergedInto
          identifiers {
            system
            value
            type
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`);

type Row = FindPatientsQuery['patients']['edges'][number]['node'];

/** Typing is answered when it pauses for this long: short enough to feel at once. */
const SEARCH_DELAY = 60;

/** Finds a patient by name, birth date or identifier while typing; Enter opens the chart. */
export function PatientsScreen() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const [typed, setTyped] = useState('');
  const [registering, setRegistering] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useDebounced(typed.trim(), SEARCH_DELAY);
  const asked = { search: search === '' ? null : search };
  const { list: found, isCurrent, error, refetch, more } = usePaged(findPatients, asked, ({ patients }) => patients);
  const columns = usePatientColumns();
  useShortcut('/', t('patients.search'), () => field.current?.focus());
  const registers = mayDo(useSignedIn().role, 'patients.register');
  useAct('n', t('patients.register'), () => setRegistering(true), registers);

  const pressed = (event: KeyboardEvent): void => {
    const [first] = found?.edges ?? [];
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('tbody tr')?.focus();
    } else if (event.key === 'Enter' && first && search === typed.trim() && isCurrent)
      go('chart', first.node.mergedInto ?? first.node.id);
    else if (event.key === 'Escape') setTyped('');
  };

  const register = (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setRegistering(true)}>
      {t('patients.register')}
    </Button>
  );
  return (
    <Page title={t('screens.patients')} focus={false} actions={registers ? register : null}>
      <SearchField ref={field} value={typed} onChange={setTyped} onKeyDown={pressed} />
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!found && !error ? <Loading rows={10} /> : null}
      {found && found.edges.length > 0 ? (
        <div ref={list}>
          <RowTable
            label={t('screens.patients')}
            columns={columns}
            rows={found.edges.map(({ node }) => node)}
            rowKey={({ id }) => id}
            onOpen={({ id, mergedInto }) => go('chart', mergedInto ?? id)}
            total={found.totalCount}
            {...(more && { onMore: more })}
            long
            stale={!isCurrent}
            height={heightLeft(200)}
          />
        </div>
      ) : null}
      {found && found.edges.length === 0 ? (
        <NobodyFound search={search} onRegister={() => setRegistering(true)} onImport={() => go('import')} />
      ) : null}
      <RegisterPatient opened={registering} onClose={() => setRegistering(false)} onOpenChart={(id) => go('chart', id)} />
    </Page>
  );
}

interface SearchFieldProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly onChange: (typed: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function SearchField({ ref, value, onChange, onKeyDown }: SearchFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      ref={ref}
      type="search"
      size="md"
      leftSection={<IconSearch size={18} aria-hidden />}
      aria-label={t('patients.search')}
      placeholder={t('patients.searchHint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      autoComplete="off"
      spellCheck={false}
      autoFocus
    />
  );
}

function usePatientColumns(): readonly Column<Row>[] {
  const { t } = useTranslation();
  const { role } = useSignedIn();
  return useMemo(() => columnsOf(t).filter(({ needs }) => needs === undefined || mayDo(role, needs)), [t, role]);
}

function columnsOf(t: TFunction): readonly (Column<Row> & { readonly needs?: Permission })[] {
  return [
    {
      key: 'name',
      label: t('patients.name'),
      cell: (row) => (
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" fw={600} lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
            {row.name}
          </Text>
          {row.deceased ? <Badge color="gray">{t('patients.deceased')}</Badge> : null}
          {row.mergedInto ? <Badge color="gray">{t('patients.mergedInto')}</Badge> : null}
          {row.shared ? <Badge color="violet">{t('patients.sharedBy', { clinic: row.custodianName })}</Badge> : null}
        </Group>
      ),
    },
    { key: 'birthDate', label: t('patients.birthDate'), width: 150, cell: (row) => <Born person={row} /> },
    { key: 'gender', label: t('patients.gender'), width: 100, cell: (row) => genderWord(t, row.gender) || '–' },
    { key: 'city', label: t('patients.city'), width: 150, cell: (row) => row.city ?? '–', needs: 'patients.contact' },
    {
      key: 'identifier',
      label: t('patients.identifier'),
      cell: (row) => {
        const [first] = row.identifiers;
        return first ? (
          <Text size="sm" truncate>
            {first.value}{' '}
            {first.type ? (
              <Text span size="xs" c="dimmed">
                {identifierWord(t, first.type)}
              </Text>
            ) : null}
          </Text>
        ) : (
          '–'
        );
      },
    },
  ];
}

/** The day, and how old somebody is. */
function Born({ person }: { person: Row }) {
  const format = useFormat();
  if (!person.birthDate) return '–';
  const age = ageOf(person);
  return (
    <>
      {format.recorded(person.birthDate)}{' '}
      {age === undefined ? null : (
        <Text span size="xs" c="dimmed">
          ({age})
        </Text>
      )}
    </>
  );
}

function NobodyFound(props: { search: string; onRegister: () => void; onImport: () => void }) {
  const { t } = useTranslation();
  const { role } = useSignedIn();
  const none = props.search === '';
  return (
    <Empty
      icon={<IconUsers aria-hidden />}
      title={none ? t('patients.none') : t('patients.noneFound', { search: props.search })}
      text={none ? t('patients.noneHint') : t('patients.noneFoundHint')}
    >
      {mayDo(role, 'patients.register') ? <Button onClick={props.onRegister}>{t('patients.register')}</Button> : null}
      {none && mayDo(role, 'import') ? (
        <Button variant="default" onClick={props.onImport}>
          {t('patients.import')}
        </Button>
      ) : null}
    </Empty>
  );
}
