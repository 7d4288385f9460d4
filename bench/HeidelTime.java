// HeidelTime over a list of files in one JVM, for bench/when.py: its own start and first document are not timed.
//
//     java -cp de.unihd.dbs.heideltime.standalone.jar bench/HeidelTime.java config.props < list
//
// Each line of the list is "YYYY-MM-DD path"; prints the seconds of each document, one a line.
import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.Date;

public class HeidelTime {
    public static void main(String[] args) throws Exception {
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(
            Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, args[0], POSTagger.TREETAGGER);
        BufferedReader list = new BufferedReader(new InputStreamReader(System.in));
        boolean warm = false;
        for (String line = list.readLine(); line != null; line = list.readLine()) {
            Date created = new SimpleDateFormat("yyyy-MM-dd").parse(line.substring(0, 10));
            String text = Files.readString(Path.of(line.substring(11)));
            if (!warm) {
                tagger.process(text, created);
                warm = true;
            }
            long began = System.nanoTime();
            String found = tagger.process(text, created);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.println("timed " + seconds + " " + found.split("<TIMEX3").length);
        }
    }
}
