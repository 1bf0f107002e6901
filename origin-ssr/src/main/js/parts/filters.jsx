import { levelName, schoolName } from '../wording.js';

const levels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A plain GET form; with JavaScript `onEdit` gets the form at each edit. */
export function Filters({ query, schools, onEdit }) {
  return (
    <form className="filters" action="/spells" method="get" role="search" onChange={(event) => onEdit(event.currentTarget)}>
      <label className="wide">
        Search
        <input type="search" name="q" defaultValue={query.q} maxLength={100} placeholder="Name or description" />
      </label>
      <label>
        School
        <select name="school" defaultValue={query.school ?? ''}>
          <option value="">All schools</option>
          {schools.map((school) => (
            <option key={school} value={school}>
              {schoolName(school)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Level
        <select name="level" defaultValue={query.level ?? ''}>
          <option value="">All levels</option>
          {levels.map((level) => (
            <option key={level} value={level}>
              {levelName(level)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Order
        <select name="sort" defaultValue={query.sort}>
          <option value="name">By name</option>
          <option value="level">By level</option>
        </select>
      </label>
      <button type="submit">Search</button>
    </form>
  );
}
