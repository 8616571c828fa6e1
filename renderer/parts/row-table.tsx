import { Button, Group, ScrollArea, Table, Text } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useDeferredValue, useEffect, useRef } from 'react';
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
  /** Thousands of rows may come: columns keep their widths whatever stands in them, and only what is in view is laid out. */
  readonly long?: boolean;
  /** Rows of the question before, shown while the next answer is on its way. */
  readonly stale?: boolean;
}

function moveFocus(from: HTMLElement, step: 'down' | 'up' | 'first' | 'last'): void {
  const rows = [...(from.closest('table')?.querySelectorAll<HTMLElement>('tbody > tr') ?? [])];
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

/** Pixels, of rows that nobody has seen yet. */
const ROW_HEIGHT = 31;

/** Rows that are made, and stay made, together: as many as a list that goes on gets at once. */
const GROUP = 25;

/** A button in a row is pressed for itself, and so is what lies over the page; all else of the row, the blank beside its buttons too, is the row. */
const isOfRow = ({ target, currentTarget }: MouseEvent<HTMLTableRowElement>): boolean =>
  target instanceof Element && currentTarget.contains(target) && target.closest('button, a, input, label') === null;

interface GroupProps<Row> extends Pick<RowTableProps<Row>, 'rows' | 'columns' | 'rowKey'> {
  readonly isFirst: boolean;
  readonly opens: boolean;
  readonly reaches: boolean;
  /** What the table was last given. */
  readonly acts: { readonly current: Pick<RowTableProps<Row>, 'onOpen' | 'onReach'> };
}

/** Rows that stay as they are cost nothing when others come, or while a person types above them: columns have to be kept for that. */
const RowGroup = memo(
  RowsOfGroup,
  (one, other) =>
    one.columns === other.columns &&
    one.opens === other.opens &&
    one.reaches === other.reaches &&
    one.rows.length === other.rows.length &&
    one.rows.every((row, at) => row === other.rows[at]),
) as typeof RowsOfGroup;

function RowsOfGroup<Row>({ rows, columns, rowKey, isFirst, opens, reaches, acts }: GroupProps<Row>) {
  const pressed = (event: KeyboardEvent<HTMLTableRowElement>, row: Row): void => {
    if (event.target !== event.currentTarget) return;
    const step = keySteps[event.key];
    if (step) {
      event.preventDefault();
      moveFocus(event.currentTarget, step);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      acts.current.onOpen?.(row);
    }
  };
  return (
    <tbody style={{ containIntrinsicSize: `auto ${rows.length * ROW_HEIGHT}px` }}>
      {rows.map((row, index) => (
        // Mantine's own rows and cells ask for its styles one by one: of fifty rows that took longer than a scrolling page has.
        <tr
          key={rowKey(row)}
          className={opens ? styles.row : styles.still}
          tabIndex={opens ? (isFirst && index === 0 ? 0 : -1) : undefined}
          onClick={opens ? (event) => isOfRow(event) && acts.current.onOpen?.(row) : undefined}
          onFocus={reaches ? () => acts.current.onReach?.(row) : undefined}
          onKeyDown={opens ? (event) => pressed(event, row) : undefined}
        >
          {columns.map(({ key, cell, numeric }) => (
            <td key={key} className={numeric ? styles.number : styles.cell}>
              {cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** The columns' widths; those without one share what is left. */
const templateOf = <Row,>(columns: readonly Column<Row>[]): string =>
  columns
    .map(({ width }) => (width === undefined ? 'minmax(0, 1fr)' : typeof width === 'number' ? `${width}px` : width))
    .join(' ');

function inGroups<Row>(rows: readonly Row[]): { from: number; group: readonly Row[] }[] {
  return Array.from({ length: Math.ceil(rows.length / GROUP) }, (_, at) => at * GROUP).map((from) => {
    return { from, group: rows.slice(from, from + GROUP) };
  });
}

/** A table whose rows are walked by arrow keys and opened by Enter; it asks for more when its end comes into view. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const { label, columns, rows, rowKey, onOpen, onReach, total, onMore, height, long = false, stale = false } = props;
  const acts = useRef(props);
  useEffect(() => {
    acts.current = props;
  });
  // New rows are made in slices between which keys and scrolling have their turn.
  const shown = useDeferredValue(rows);
  const isWhole = shown.length === rows.length;
  return (
    <div className={styles.frame}>
      <ScrollArea.Autosize
        mah={height ?? 'none'}
        type="auto"
        // Rows that open take the focus themselves; what is only read must be reached to be scrolled.
        viewportProps={onOpen ? { tabIndex: -1 } : { tabIndex: 0, role: 'region', 'aria-label': label }}
      >
        <Table
          className={long ? styles.long : styles.table}
          style={long ? { '--columns': templateOf(columns) } : undefined}
          stickyHeader={!long}
          aria-label={label}
          aria-busy={stale}
        >
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ key, label: heading, width, numeric }) => (
                <Table.Th key={key} w={width} scope="col" ta={numeric ? 'right' : undefined}>
                  {heading}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {inGroups(shown).map(({ from, group }) => (
            <RowGroup
              key={from}
              rows={group}
              columns={columns}
              rowKey={rowKey}
              isFirst={from === 0}
              opens={onOpen !== undefined}
              reaches={onReach !== undefined}
              acts={acts}
            />
          ))}
        </Table>
        {onMore ? <MoreRows onMore={onMore} watches={isWhole} /> : null}
      </ScrollArea.Autosize>
      {total === undefined ? null : <HowMany shown={rows.length} total={total} />}
    </div>
  );
}

/** The end of the table: asks for further rows when it comes into view, while it `watches`, and when it is pressed. */
function MoreRows({ onMore, watches }: { onMore: () => void; watches: boolean }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = end.current;
    if (!mark || !watches) return;
    const watch = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && onMore(), {
      rootMargin: '200px',
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, [onMore, watches]);
  return (
    <Group ref={end} justify="center" p="xs">
      <Button variant="subtle" size="compact-sm" onClick={onMore}>
        {t('states.more')}
      </Button>
    </Group>
  );
}

function HowMany({ shown, total }: { shown: number; total: number }) {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed" px="sm" py={4} role="status">
      {t('states.shown', { shown, total })}
    </Text>
  );
}
