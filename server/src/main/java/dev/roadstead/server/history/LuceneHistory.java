package dev.roadstead.server.history;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.engine.format.Bytes;
import dev.roadstead.engine.format.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The history of tasks as a Lucene index. Opened when it is first needed; a history without any
/// task has no files. What is kept is on the disk when {@link #keep} returns; a torn write after it
/// is cut off when the index is opened again. An index that cannot be read is moved aside, and the
/// history begins anew: it must not keep the control plane from running.
public final class LuceneHistory implements TaskHistory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneHistory.class);

  /// How many of the oldest one trim takes: bounded, since it runs between other work.
  private static final int TRIM_MAX = 10_000;

  private static final String KEY = "key";
  private static final String AT = "at";
  private static final String ROW = "row";

  private final Path directory;
  private final HistoryLimits limits;
  private final boolean begun; // by an earlier process
  private final RowFormat format = new RowFormat();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable OpenIndex index;
  private boolean closed;

  public LuceneHistory(Path directory, HistoryLimits limits) {
    this.directory = directory;
    this.limits = limits;
    this.begun = Files.exists(directory);
  }

  /// Puts tasks into the history; those that are there already stay once.
  public void keep(List<Task> tasks) throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    OpenIndex open = open();
    for (Task task : tasks) {
      open.writer().updateDocument(new Term(KEY, task.key()), document(task));
    }
    open.commit();
  }

  /// Forgets what is too old or too much.
  public void trim(Instant now) throws IOException {
    OpenIndex open = openIfAny();
    if (open == null) {
      return;
    }
    long last = now.minus(limits.age()).toEpochMilli();
    long surplus = open.writer().getDocStats().numDocs - limits.tasks();
    if (surplus > 0) {
      last = Math.max(last, oldest(open, (int) Math.min(surplus, TRIM_MAX)));
    }
    Query old = LongPoint.newRangeQuery(AT, Long.MIN_VALUE, last);
    if (open.search(searcher -> searcher.count(old)) > 0) {
      open.writer().deleteDocuments(old);
      open.commit();
    }
  }

  @Override
  public boolean isEmpty() {
    return index == null && !begun;
  }

  @Override
  public @Nullable Task find(String key) {
    try {
      OpenIndex open = openIfAny();
      if (open == null) {
        return null;
      }
      Query query = new TermQuery(new Term(KEY, key));
      List<Task> found = open.search(searcher -> rows(searcher, searcher.search(query, 1)));
      return found.isEmpty() ? null : found.getFirst();
    } catch (IOException e) {
      LOG.warn("the history of tasks cannot be read", e);
      return null;
    }
  }

  @Override
  public List<Task> list(Filter filter, String after, int count) {
    try {
      OpenIndex open = openIfAny();
      return open == null
          ? List.of()
          : open.search(
              searcher -> {
                Sort byKey = new Sort(new SortField(KEY, SortField.Type.STRING));
                int last = Math.max(0, searcher.getIndexReader().maxDoc() - 1);
                FieldDoc from =
                    after.isEmpty()
                        ? null
                        : new FieldDoc(last, 0, new Object[] {new BytesRef(after)});
                return rows(searcher, searcher.searchAfter(from, query(filter), count, byKey));
              });
    } catch (IOException e) {
      LOG.warn("the history of tasks cannot be read", e);
      return List.of();
    }
  }

  /// How many tasks are kept.
  public long size() throws IOException {
    OpenIndex open = openIfAny();
    return open == null ? 0 : open.writer().getDocStats().numDocs;
  }

  private static Query query(Filter filter) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(new TermQuery(new Term("cluster", filter.clusterKey())), Occur.FILTER);
    also(all, "family", filter.family());
    also(all, "startedBy", filter.startedBy());
    also(all, "service", filter.serviceName());
    also(all, "instance", filter.instanceId());
    also(all, "launchType", filter.launchType());
    return all.build();
  }

  private static void also(BooleanQuery.Builder all, String field, @Nullable String wanted) {
    if (wanted != null) {
      all.add(new TermQuery(new Term(field, wanted)), Occur.FILTER);
    }
  }

  /// When the last of the oldest tasks ended, in epoch milliseconds.
  private static long oldest(OpenIndex open, int count) throws IOException {
    return open.search(
        searcher -> {
          Sort byTime = new Sort(new SortField(AT, SortField.Type.LONG));
          TopDocs found = searcher.search(MatchAllDocsQuery.INSTANCE, count, byTime);
          return found.scoreDocs.length == 0
              ? Long.MIN_VALUE
              : (Long) ((FieldDoc) found.scoreDocs[found.scoreDocs.length - 1]).fields[0];
        });
  }

  private Document document(Task task) {
    Bytes row = new Bytes(1024);
    format.write(task, row);
    Instant stopped = task.times().stoppedAt();
    long at = (stopped == null ? task.times().createdAt() : stopped).toEpochMilli();
    Document document = new Document();
    document.add(new StringField(KEY, task.key(), Field.Store.NO));
    document.add(new SortedDocValuesField(KEY, new BytesRef(task.key())));
    document.add(new LongPoint(AT, at));
    document.add(new NumericDocValuesField(AT, at));
    document.add(new StringField("cluster", task.clusterKey(), Field.Store.NO));
    term(document, "family", task.family());
    term(document, "startedBy", task.startedBy());
    term(document, "service", task.serviceName());
    term(document, "instance", task.instanceId());
    term(document, "launchType", task.launchType());
    document.add(new StoredField(ROW, row.array(), 0, row.size()));
    return document;
  }

  private static void term(Document document, String field, @Nullable String value) {
    if (value != null) {
      document.add(new StringField(field, value, Field.Store.NO));
    }
  }

  private List<Task> rows(IndexSearcher searcher, TopDocs found) throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (ScoreDoc one : found.scoreDocs) {
      BytesRef row = searcher.storedFields().document(one.doc).getBinaryValue(ROW);
      tasks.add(format.read(Tasks.TABLE, row.bytes, row.offset, row.length));
    }
    return tasks;
  }

  private @Nullable OpenIndex openIfAny() throws IOException {
    return index == null && !Files.exists(directory) ? null : open();
  }

  private OpenIndex open() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the history is closed");
      }
      OpenIndex open = index;
      if (open == null) {
        open = OpenIndex.open(directory);
        index = open;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      OpenIndex open = index;
      if (open != null) {
        index = null;
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
