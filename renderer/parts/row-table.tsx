import { Button, Group, ScrollArea, Table, Text } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './row-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly width?: number | string;
  /** Numbers stand under each other, at the right. */
  readonly numeric?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface RowTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What a person hears and presses when the row opens something. */
  readonly onOpen?: (row: Row) => void;
  /** The focus has come to a row: keys that act on one mean this one. */
  readonly onReach?: (row: Row) => void;
  readonly total?: number;
  readonly onMore?: () => void;
  readonly height?: number | string;
  /** Rows of the question before, shown while the next answer is on its way. */
  readonly stale?: boolean;
}

function moveFocus(from: HTMLElement, step: 'down' | 'up' | 'first' | 'last'): void {
  const rows = [...(from.parentElement?.children ?? [])].filter((child): child is HTMLElement => child instanceof HTMLElement);
  const index = rows.indexOf(from);
  const target = { down: rows[index + 1], up: rows[index - 1], first: rows[0], last: rows.at(-1) }[step];
  target?.focus();
}

const keySteps: Readonly<Record<string, 'down' | 'up' | 'first' | 'last'>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  Home: 'first',
  End: 'last',
};

/** A table whose rows are walked by arrow keys and opened by Enter; it asks for more when its end comes into view. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const { label, columns, rows, rowKey, onOpen, onReach, total, onMore, height, stale } = props;
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const mark = end.current;
    if (!mark || !onMore) return;
    const watch = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && onMore(), {
      rootMargin: '200px',
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, [onMore]);

  const pressed = (event: KeyboardEvent<HTMLTableRowElement>, row: Row): void => {
    if (event.target !== event.currentTarget) return;
    const step = keySteps[event.key];
    if (step) {
      event.preventDefault();
      moveFocus(event.currentTarget, step);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen?.(row);
    }
  };

  return (
    <div className={styles.frame}>
      <ScrollArea.Autosize
        mah={height ?? 'none'}
        type="auto"
        // Rows that open take the focus themselves; what is only read must be reached to be scrolled.
        viewportProps={onOpen ? { tabIndex: -1 } : { tabIndex: 0, role: 'region', 'aria-label': label }}
      >
        <Table stickyHeader highlightOnHover={onOpen !== undefined} aria-label={label} aria-busy={stale}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ key, label: heading, width, numeric }) => (
                <Table.Th key={key} w={width} scope="col" ta={numeric ? 'right' : undefined}>
                  {heading}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              <Table.Tr
                key={rowKey(row)}
                className={onOpen ? styles.row : styles.still}
                data-busy={stale || undefined}
                tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
                onClick={onOpen && (() => onOpen(row))}
                onFocus={onReach && (() => onReach(row))}
                onKeyDown={onOpen && ((event) => pressed(event, row))}
              >
                {columns.map(({ key, cell, numeric }) => (
                  <Table.Td key={key} ta={numeric ? 'right' : undefined}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {onMore ? (
          <Group ref={end} justify="center" p="xs">
            <Button variant="subtle" size="compact-sm" onClick={onMore}>
              {t('states.more')}
            </Button>
          </Group>
        ) : null}
      </ScrollArea.Autosize>
      {total === undefined ? null : (
        <Text size="xs" c="dimmed" px="sm" py={4} role="status">
          {t('states.shown', { shown: rows.length, total })}
        </Text>
      )}
    </div>
  );
}
