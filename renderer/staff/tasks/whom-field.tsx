import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { roles } from '../ledger/roles.ts';
import { taskStaff } from './task-documents.ts';

/** What is a role in the list, and what a person. */
const ROLE = 'role:';

/** Whom a task is for, as the vault takes it. */
export const ownerOf = (whom: string): { owner?: string; role?: string } =>
  whom.startsWith(ROLE) ? { role: whom.slice(ROLE.length) } : { owner: whom };

/** Whether they read no charts: what is written to them says what they need and no more. */
export function useReadAtTheDesk(whom: string | null): boolean {
  const members = useQuery(taskStaff).data?.staffMembers ?? [];
  return whom === `${ROLE}reception` || members.some(({ id, role }) => id === whom && !mayDo(role, 'chart.read'));
}

interface WhomFieldProps {
  /** Staff id, or a role. */
  readonly value: string | null;
  readonly onChange: (whom: string | null) => void;
  /** The person or role who has it already and is not offered. */
  readonly except?: string | undefined;
  readonly autoFocus?: boolean;
}

/** A person who has tasks, or whoever has a role. */
export function WhomField({ value, onChange, except, autoFocus }: WhomFieldProps) {
  const { t } = useTranslation();
  const members = useQuery(taskStaff).data?.staffMembers ?? [];
  const people = members.filter(({ id, role, revoked }) => !revoked && mayDo(role, 'tasks.read') && id !== except);
  const offered = roles.filter((role) => mayDo(role, 'tasks.read') && role !== except);
  return (
    <Select
      label={t('tasks.for')}
      data={[
        { group: t('tasks.people'), items: people.map(({ id, name }) => ({ value: id, label: name })) },
        {
          group: t('tasks.roles'),
          items: offered.map((role) => ({ value: `${ROLE}${role}`, label: t('tasks.anyOf', { role: t(`role.${role}`) }) })),
        },
      ]}
      value={value}
      onChange={onChange}
      allowDeselect={false}
      searchable
      required
      data-autofocus={autoFocus}
    />
  );
}
