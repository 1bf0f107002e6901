import { PrepareButton } from '../parts/prepare-button.jsx';
import { levelName, schoolName } from '../wording.js';

function Fact({ name, children }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function DetailView({ spell, related }) {
  return (
    <article className={`spell school-${spell.school}`}>
      <p className="marks">
        <a className="school" href={`/spells?school=${spell.school}`}>
          {schoolName(spell.school)}
        </a>
        <span>{levelName(spell.level)}</span>
      </p>
      <h1>{spell.name}</h1>
      <dl>
        <Fact name="Casting time">{spell.castingTime}</Fact>
        <Fact name="Range">{spell.range}</Fact>
        <Fact name="Components">{spell.components}</Fact>
        <Fact name="Duration">{spell.duration}</Fact>
      </dl>
      <p className="description">{spell.description}</p>
      <PrepareButton id={spell.id} name={spell.name} />
      {related.length > 0 && (
        <section aria-labelledby="related">
          <h2 id="related">More of the school of {schoolName(spell.school)}</h2>
          <ul className="related">
            {related.map((other) => (
              <li key={other.id}>
                <a href={`/spells/${other.id}`}>{other.name}</a> <small>{levelName(other.level)}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href="/spells">← All spells</a>
      </p>
    </article>
  );
}
