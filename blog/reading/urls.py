"""The reader's addresses. Those of WordPress are kept, so that an imported archive keeps every one of its own."""

from django.urls import path, register_converter

from blog.reading import articles, contact, feeds, indexes, pages, views
from blog.reading.answers import page
from blog.reading.converters import TwoDigitConverter, YearConverter

register_converter(YearConverter, "year")
register_converter(TwoDigitConverter, "two")

app_name = "reading"
urlpatterns = [
    path("", page(indexes.home), name="home"),
    path("page/<int:number>/", page(indexes.home_page), name="home_page"),
    path("<year:year>/", page(indexes.year), name="year"),
    path("<year:year>/page/<int:number>/", page(indexes.year), name="year_page"),
    path("<year:year>/<two:month>/", page(indexes.month), name="month"),
    path("<year:year>/<two:month>/page/<int:number>/", page(indexes.month), name="month_page"),
    path("<year:year>/<two:month>/<two:day>/", page(indexes.day), name="day"),
    path("<year:year>/<two:month>/<two:day>/page/<int:number>/", page(indexes.day), name="day_page"),
    path("<year:year>/<two:month>/<two:day>/<slug:slug>/", page(articles.post), name="post"),
    path("category/<slug:slug>/", page(indexes.category), name="category"),
    path("category/<slug:slug>/page/<int:number>/", page(indexes.category), name="category_page"),
    path("tag/<slug:slug>/", page(indexes.tag), name="tag"),
    path("tag/<slug:slug>/page/<int:number>/", page(indexes.tag), name="tag_page"),
    path("author/<slug:slug>/", page(indexes.author), name="author"),
    path("author/<slug:slug>/page/<int:number>/", page(indexes.author), name="author_page"),
    path("writers/", page(indexes.authors), name="authors"),
    path("series/", page(indexes.series_list), name="series_list"),
    path("series/<slug:slug>/", page(indexes.series), name="series"),
    path("archive/", page(indexes.archive), name="archive"),
    path("feed/", page(feeds.feed, content_type=feeds.CONTENT_TYPE), name="feed"),
    path(
        "category/<slug:slug>/feed/", page(feeds.category_feed, content_type=feeds.CONTENT_TYPE), name="category_feed"
    ),
    path("tag/<slug:slug>/feed/", page(feeds.tag_feed, content_type=feeds.CONTENT_TYPE), name="tag_feed"),
    path("author/<slug:slug>/feed/", page(feeds.author_feed, content_type=feeds.CONTENT_TYPE), name="author_feed"),
    path("series/<slug:slug>/feed/", page(feeds.series_feed, content_type=feeds.CONTENT_TYPE), name="series_feed"),
    path("contribute/", page(pages.contribute), name="contribute"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/", page(pages.contact_sent), name="contact_sent"),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
]
