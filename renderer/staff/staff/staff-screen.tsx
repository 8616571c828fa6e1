import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group } from '@mantine/core';
import { IconKey, IconRefresh, IconShieldLock, IconUserPlus } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { StaffMembersQuery } from '../../generated/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { CoverSection } from '../cover/cover.tsx';
import { roleWord } from '../ledger/roles.ts';
import { ChangePassphrase } from './change-passphrase.tsx';
import { EnrolStaff } from './enrol-staff.tsx';
import { RenewKey } from './renew-key.tsx';
import { RevokeStaff } from './revoke-staff.tsx';
import { SecondFactor } from './second-factor.tsx';
import { staffMembers } from './staff-documents.ts';

type Member = StaffMembersQuery['staffMembers'][number];

/** Who works here, with which role. */
export function StaffScreen() {
  const { t } = useTranslation();
  const [enrolling, setEnrolling] = useState(false);
  const [changing, setChanging] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const [guarding, setGuarding] = useState(false);
  const [revoking, setRevoking] = useState<Member | null>(null);
  const { data, error, refetch } = useQuery(staffMembers);
  const admits = mayDo(useSignedIn().role, 'staff.write');
  const acts = (me: string): Column<Member> => ({
    key: 'act',
    label: t('staff.acts'),
    width: 140,
    cell: (member) =>
      member.revoked || member.id === me ? (
        '–'
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setRevoking(member)}>
          {t('staff.revoke')}
        </Button>
      ),
  });
  return (
    <Page
      title={t('screens.staff')}
      note={t('staff.note')}
      actions={
        <>
          <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={() => setChanging(true)}>
            {t('staff.changePassphrase')}
          </Button>
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setRenewing(true)}>
            {t('staff.renewKey')}
          </Button>
          <Button variant="default" leftSection={<IconShieldLock size={16} aria-hidden />} onClick={() => setGuarding(true)}>
            {t('secondFactor.own')}
          </Button>
          {admits ? (
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setEnrolling(true)}>
              {t('staff.enrol')}
            </Button>
          ) : null}
        </>
      }
    >
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={4} /> : null}
      {data ? (
        <RowTable
          label={t('screens.staff')}
          rows={data.staffMembers}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              label: t('staff.name'),
              cell: ({ id, name }) => (
                <Group gap="xs">
                  {name}
                  {id === data.me.id ? <Badge>{t('staff.you')}</Badge> : null}
                </Group>
              ),
            },
            { key: 'role', label: t('staff.role'), cell: ({ role }) => roleWord(t, role) },
            {
              key: 'state',
              label: t('item.status'),
              cell: ({ revoked }) => (revoked ? t('staff.revoked') : t('staff.enrolled')),
            },
            {
              key: 'secondFactor',
              label: t('secondFactor.here'),
              cell: ({ hasSecondFactor }) => (hasSecondFactor ? t('secondFactor.some') : t('secondFactor.none')),
            },
            ...(admits ? [acts(data.me.id)] : []),
          ]}
        />
      ) : null}
      {data ? (
        <Suspense>
          <CoverSection members={data.staffMembers} />
        </Suspense>
      ) : null}
      {enrolling ? <EnrolStaff onClose={() => setEnrolling(false)} onEnrolled={() => quietly(refetch())} /> : null}
      {changing ? <ChangePassphrase onClose={() => setChanging(false)} words={data ? [data.me.name] : []} /> : null}
      {renewing ? <RenewKey onClose={() => setRenewing(false)} /> : null}
      {guarding ? <SecondFactor onClose={() => setGuarding(false)} /> : null}
      {revoking ? <RevokeStaff member={revoking} onClose={() => setRevoking(null)} onRevoked={() => quietly(refetch())} /> : null}
    </Page>
  );
}
