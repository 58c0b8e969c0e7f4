/** What `CrudDialogs` lets the list around it do. */
export interface Dialogs<Row> {
  /** Opens the form for a row; without one, for a new row. */
  open(row?: Row): void;
  askRemoval(row: Row): void;
}
