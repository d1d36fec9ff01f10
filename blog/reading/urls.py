"""The reader's addresses. Those of WordPress are kept, so that an imported archive keeps every one of its own."""

from django.urls import path, register_converter

from blog.reading import contact, feeds, pages, views
from blog.reading.answers import page
from blog.reading.converters import TwoDigitConverter, YearConverter

register_converter(YearConverter, "year")
register_converter(TwoDigitConverter, "two")

app_name = "reading"
urlpatterns = [
    path("", page(pages.home), name="home"),
    path("page/<int:number>/", page(pages.home_page), name="home_page"),
    path("<year:year>/", page(pages.year), name="year"),
    path("<year:year>/page/<int:number>/", page(pages.year), name="year_page"),
    path("<year:year>/<two:month>/", page(pages.month), name="month"),
    path("<year:year>/<two:month>/page/<int:number>/", page(pages.month), name="month_page"),
    path("<year:year>/<two:month>/<two:day>/", page(pages.day), name="day"),
    path("<year:year>/<two:month>/<two:day>/page/<int:number>/", page(pages.day), name="day_page"),
    path("<year:year>/<two:month>/<two:day>/<slug:slug>/", page(pages.post), name="post"),
    path("category/<slug:slug>/", page(pages.category), name="category"),
    path("category/<slug:slug>/page/<int:number>/", page(pages.category), name="category_page"),
    path("tag/<slug:slug>/", page(pages.tag), name="tag"),
    path("tag/<slug:slug>/page/<int:number>/", page(pages.tag), name="tag_page"),
    path("author/<slug:slug>/", page(pages.author), name="author"),
    path("author/<slug:slug>/page/<int:number>/", page(pages.author), name="author_page"),
    path("writers/", page(pages.authors), name="authors"),
    path("series/", page(pages.series_list), name="series_list"),
    path("series/<slug:slug>/", page(pages.series), name="series"),
    path("archive/", page(pages.archive), name="archive"),
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
